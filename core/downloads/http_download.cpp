// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/http_download.h"

#include "core/downloads/transfer.h"
#include "core/support/files.h"
#include "core/support/sha256.h"

#include <nlohmann/json.hpp>

#include <system_error>

namespace lori::downloads {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path recordFile(const fs::path& part)
{
    return part.string() + ".json";
}

std::uint64_t sizeOf(const fs::path& file)
{
    std::error_code problem;
    const auto size = fs::file_size(file, problem);
    return problem ? 0 : size;
}

/// What an earlier attempt left, when it was the same address; else nothing, and its remains are removed.
Validator rememberedVersion(const DownloadRequest& request)
{
    const auto text = readTextFile(recordFile(request.part), 1U << 16U);
    const json record = text ? json::parse(*text, nullptr, /*allow_exceptions=*/false) : json();
    if (!record.is_object() || record.value("url", json()) != request.url) {
        discardPart(request.part);
        return {};
    }
    const auto field = [&](const char* name) {
        const json value = record.value(name, json());
        return value.is_string() ? value.get<std::string>() : std::string();
    };
    return {field("etag"), field("lastModified")};
}

void rememberVersion(const DownloadRequest& request, const Validator& version)
{
    writeFileAtomically(recordFile(request.part),
                        json{{"url", request.url}, {"etag", version.etag}, {"lastModified", version.lastModified}}.dump() + "\n")
        .value();
}

std::string megabytes(std::uint64_t bytes)
{
    return bytes < 100'000
               ? std::to_string(bytes) + " bytes"
               : std::to_string((bytes + 50'000) / 100'000 / 10) + "." + std::to_string((bytes + 50'000) / 100'000 % 10) + " MB";
}

[[noreturn]] void refuseStatus(const DownloadRequest& request, long status)
{
    if (status == 404 || status == 410) {
        throw Exception(ErrorCode::NotFound, "the server has no such file (status " + std::to_string(status) + ")",
                        "check the address, or name a mirror with --from", request.url);
    }
    throw Exception(ErrorCode::Io, "the server answered with status " + std::to_string(status), "try again later", request.url);
}

[[noreturn]] void refuseCut(const DownloadRequest& request, const TransferEnd& end)
{
    const std::uint64_t have = sizeOf(request.part);
    const std::uint64_t total = end.total != 0 ? end.total : request.bytes;
    std::string what = "the download broke off";
    if (have > 0) {
        what += " after " + megabytes(have) + (total != 0 ? " of " + megabytes(total) : "");
    }
    throw Exception(ErrorCode::Io, what + " (" + end.problem + ")",
                    have > 0 ? "run the same command again: it goes on where it stopped" : "check the connection and try again",
                    request.url);
}

/// Hash and length of what has come; false when they are not the published ones.
bool isWhole(const DownloadRequest& request, Downloaded& got)
{
    got.bytes = sizeOf(request.part);
    got.sha256 = sha256OfFile(request.part).value();
    return (request.sha256.empty() || got.sha256 == request.sha256) && (request.bytes == 0 || got.bytes == request.bytes);
}

/// One attempt; false when what was on disk is of no use and the download must begin anew.
bool attempt(const DownloadRequest& request, const ProgressCallback& progress, Downloaded& got)
{
    const Validator before = rememberedVersion(request);
    got.resumedFrom = sizeOf(request.part);
    if (got.resumedFrom > 0 && before.isEmpty() && request.sha256.empty()) {
        discardPart(request.part); // nothing could tell whether the rest belongs to it
        got.resumedFrom = 0;
    }
    if (request.bytes != 0 && got.resumedFrom >= request.bytes) {
        return isWhole(request, got); // all of it came the last time
    }
    const auto remember = [&](const Validator& version) {
        rememberVersion(request, version);
    };
    const TransferEnd end =
        transfer({request.url, request.part, got.resumedFrom, before, request.bytes, request.stallSeconds}, remember, progress);
    if (end.restarted) {
        got.resumedFrom = 0;
    }
    switch (end.kind) {
    case TransferEnd::Kind::Complete:
        return isWhole(request, got) || got.resumedFrom == 0;
    case TransferEnd::Kind::OtherVersion:
        return false;
    case TransferEnd::Kind::Stopped:
        throw Exception(ErrorCode::Stopped, "stopped after " + megabytes(sizeOf(request.part)),
                        "run the same command again: it goes on where it stopped", request.url);
    case TransferEnd::Kind::Status:
        refuseStatus(request, end.status);
    case TransferEnd::Kind::Broken:
        refuseCut(request, end);
    }
    return false;
}

} // namespace

void discardPart(const fs::path& part)
{
    std::error_code ignored;
    fs::remove(part, ignored);
    fs::remove(recordFile(part), ignored);
}

Result<Downloaded> download(const DownloadRequest& request, const ProgressCallback& progress)
{
    return guard([&] {
        if (!request.url.starts_with("http://") && !request.url.starts_with("https://")) {
            throw Exception(ErrorCode::InvalidArgument, "this is no http or https address", "give one that begins with https://",
                            request.url);
        }
        fs::create_directories(request.part.parent_path());
        Downloaded got;
        if (!attempt(request, progress, got)) {
            discardPart(request.part);
            static_cast<void>(attempt(request, progress, got));
        }
        if (!isWhole(request, got)) {
            discardPart(request.part);
            throw Exception(
                ErrorCode::BadFile,
                "what came (" + std::to_string(got.bytes) + " bytes, sha256 " + got.sha256 + ") is not the published file" +
                    (request.bytes != 0 ? " (" + std::to_string(request.bytes) + " bytes, sha256 " + request.sha256 + ")" : ""),
                "try again later, or from another mirror", request.url);
        }
        return got;
    });
}

} // namespace lori::downloads
