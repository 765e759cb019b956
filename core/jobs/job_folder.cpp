// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_folder.h"

#include "core/experiment/config_words.h"
#include "core/experiment/number_text.h"
#include "core/jobs/folder_making.h"
#include "core/support/descriptor.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace lori::jobs {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kRecordFile = "job.json";
constexpr const char* kConfigFile = "config.json";
constexpr const char* kSequenceFile = "sequence.json"; // beside config.json, which is then made from it

json readObject(const fs::path& file)
{
    json object = json::parse(readTextFile(file).value(), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) {
        throw Exception(ErrorCode::BadFile, "this is not a JSON object", "the job cannot be read; leave its folder out",
                        file.string());
    }
    return object;
}

std::string text(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string textOf(const JobRecord& record)
{
    const json object{{"version", JobRecord::kVersion}, {"kind", record.kind}, {"name", record.name},
                      {"options", record.options},      {"key", record.key},   {"createdMs", record.createdMs}};
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace

Result<JobFolder> JobFolder::create(const Home& home, JobRecord record)
{
    return guard([&] {
        if (record.kind.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "a job needs a kind", "name one");
        }
        record.createdMs = record.createdMs == 0 ? unixMs() : record.createdMs;
        return JobFolder(makeNamedFolder(home.jobs(), record.name, record.kind, {}, {{kRecordFile, textOf(record)}}));
    });
}

fs::path JobFolder::find(const std::vector<fs::path>& places, const Sought& sought, const std::string& nameOrPath)
{
    if (nameOrPath.empty()) {
        throw Exception(ErrorCode::InvalidArgument, std::string("no ") + sought.noun + " was named",
                        std::string("give a ") + sought.noun + "'s id or folder");
    }
    std::error_code ignored;
    fs::path path = fs::absolute(nameOrPath);
    if (nameOrPath.find('/') == std::string::npos) {
        for (const fs::path& place : places) {
            if (fs::is_directory(place / nameOrPath, ignored)) {
                path = place / nameOrPath;
                break;
            }
        }
    }
    path = path.lexically_normal();
    if (path.filename().empty()) { // a trailing slash
        path = path.parent_path();
    }
    if (!fs::is_directory(path, ignored)) {
        throw Exception(ErrorCode::NotFound, std::string("there is no such ") + sought.noun, sought.hint, nameOrPath);
    }
    return path;
}

Result<JobFolder> JobFolder::open(const Home& home, const std::string& nameOrPath)
{
    return guard([&] {
        const fs::path path = find({home.jobs(), home.runs()}, {"job", "lori job list names the jobs"}, nameOrPath);
        std::error_code ignored;
        if (!fs::is_regular_file(path / kRecordFile, ignored) && !fs::is_regular_file(path / kConfigFile, ignored)) {
            throw Exception(ErrorCode::BadFile, "the folder holds neither job.json nor config.json, so it is not a job",
                            "choose a job's folder", path.string());
        }
        return JobFolder(path);
    });
}

Result<JobRecord> JobFolder::record() const
{
    return guard([&] {
        const fs::path file = m_path / kRecordFile;
        if (!fs::exists(file)) { // a training
            const json config = readObject(m_path / kConfigFile);
            const bool isSequence = fs::exists(m_path / kSequenceFile);
            return JobRecord{isSequence ? "sequence" : "train",
                             text(config, "name"),
                             isSequence ? readObject(m_path / kSequenceFile) : config,
                             {},
                             0};
        }
        const json object = readObject(file);
        const auto version = object.find("version");
        if (version == object.end() || !version->is_number_integer() || text(object, "kind").empty()) {
            throw Exception(ErrorCode::BadFile, "the file names no version or no kind", "leave the folder out", file.string());
        }
        if (*version > JobRecord::kVersion) {
            throw Exception(ErrorCode::NewerVersion, "the job was made by a newer program", "use the newer program",
                            file.string());
        }
        JobRecord record{text(object, "kind"), text(object, "name"), object.value("options", json::object()), text(object, "key"),
                         0};
        const auto created = object.find("createdMs");
        record.createdMs = created != object.end() && created->is_number_integer() ? created->get<std::int64_t>() : 0;
        return record;
    });
}

Result<void> JobFolder::writeRecord(const JobRecord& record) const
{
    return guard([&] {
        if (!fs::exists(m_path / kRecordFile)) {
            throw Exception(ErrorCode::Unsupported, "a training's folder has no job.json", "change its config.json",
                            m_path.string());
        }
        writeFileAtomically(m_path / kRecordFile, textOf(record)).value();
    });
}

namespace {

/// Adds a line to a control file, with the time.
void appendLine(const fs::path& file, const nlohmann::ordered_json& asked)
{
    const Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (descriptor.get() < 0) {
        throw Exception(errorFromErrno(errno, "cannot open", file));
    }
    struct stat info {};
    std::string last(1, '\n');
    if (::fstat(descriptor.get(), &info) == 0 && info.st_size > 0) {
        readAllAt(descriptor.get(), last, static_cast<std::uint64_t>(info.st_size) - 1, file);
    }
    nlohmann::ordered_json line;
    line["timeMs"] = unixMs();
    line.update(asked);
    // A sender killed in mid-write leaves half a line; the line feed keeps ours apart from it.
    writeAllTo(descriptor.get(), (last == "\n" ? "" : "\n") + line.dump() + "\n", file);
    ::fdatasync(descriptor.get());
}

} // namespace

Result<void> JobFolder::sendCommand(Command command) const
{
    return guard([&] {
        nlohmann::ordered_json asked;
        asked["command"] = commandName(command);
        appendLine(controlFile(), asked);
    });
}

Result<void> JobFolder::sendChange(const experiment::StageChange& change) const
{
    return guard([&] {
        if (!experiment::isPossible(change)) {
            throw Exception(ErrorCode::InvalidArgument, "the value cannot be " + experiment::numberText(change.value),
                            change.what == experiment::Setting::LearningRate ? "give a number above 0" : "give a whole number",
                            std::string(wordOf(change.what)));
        }
        nlohmann::ordered_json asked;
        asked["command"] = commandName(Command::Change);
        asked["what"] = wordOf(change.what);
        asked["value"] = change.value;
        appendLine(controlFile(), asked);
    });
}

} // namespace lori::jobs
