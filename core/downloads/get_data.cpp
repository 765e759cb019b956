// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/get_data.h"

#include "core/downloads/convert.h"

#include <algorithm>

namespace lori::downloads {

namespace {

namespace fs = std::filesystem;

GotFile getFile(const DataSource& source, const SourceFile& file, const GetOptions& options, const ProgressCallback& progress)
{
    GotFile got;
    got.name = source.name;
    got.target = file.target;
    const fs::path target = options.folder / file.target;
    if (fs::exists(target)) {
        got.alreadyThere = true;
        return got;
    }
    DownloadRequest request;
    request.url = options.host + "/" + file.path;
    request.part = target.string() + ".part";
    request.sha256 = file.sha256;
    request.bytes = file.bytes;
    request.stallSeconds = options.stallSeconds;
    const Downloaded downloaded = download(request, progress).value();
    const auto rows = convertFile(request.part, file.conversion, target);
    if (!rows) {
        if (rows.error().code == ErrorCode::BadFile) {
            discardPart(request.part); // what came is of no use, now or later
        }
        throw Exception(rows.error());
    }
    discardPart(request.part);
    got.rows = *rows;
    got.bytes = downloaded.bytes;
    got.resumedFrom = downloaded.resumedFrom;
    got.sha256 = downloaded.sha256;
    got.verified = !file.sha256.empty();
    return got;
}

} // namespace

Result<std::vector<DataSource>> findDataSources(const std::vector<std::string>& names)
{
    return guard([&] {
        const auto wants = [](const DataSource& source, const std::string& name) {
            return name == "all" || name == source.name || name == source.group;
        };
        const std::vector<DataSource>& table = dataSources();
        for (const std::string& name : names) {
            if (std::none_of(table.begin(), table.end(), [&](const DataSource& source) { return wants(source, name); })) {
                std::string known;
                for (const DataSource& source : table) {
                    known += source.name + ", ";
                }
                throw Exception(ErrorCode::NotFound, "there is no data set \"" + name + "\"",
                                "known are " + known + "the groups nlu, math, code and safety, and all");
            }
        }
        std::vector<DataSource> found;
        std::copy_if(table.begin(), table.end(), std::back_inserter(found), [&](const DataSource& source) {
            return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return wants(source, name); });
        });
        return found;
    });
}

Result<std::vector<GotFile>> getData(const std::vector<DataSource>& sources, const GetOptions& options)
{
    return guard([&] {
        std::size_t count = 0;
        for (const DataSource& source : sources) {
            count += source.files.size();
        }
        std::vector<GotFile> got;
        for (const DataSource& source : sources) {
            for (const SourceFile& file : source.files) {
                const std::size_t index = got.size();
                ProgressCallback progress;
                if (options.progress) {
                    progress = [&](const DownloadProgress& now) {
                        return options.progress(file.target, index, count, now);
                    };
                }
                got.push_back(getFile(source, file, options, progress));
            }
        }
        return got;
    });
}

} // namespace lori::downloads
