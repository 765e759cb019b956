// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/control.h"

#include "core/experiment/config_words.h"
#include "core/jobs/job_lock.h"
#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <utility>

namespace lori::jobs {

namespace {

constexpr std::array<std::pair<Command, std::string_view>, 7> kCommands{{{Command::Pause, "pause"},
                                                                         {Command::Continue, "continue"},
                                                                         {Command::StopAndKeep, "stop_and_keep"},
                                                                         {Command::Discard, "discard"},
                                                                         {Command::EvaluateNow, "evaluate_now"},
                                                                         {Command::Checkpoint, "checkpoint"},
                                                                         {Command::Change, "change"}}};

struct Line {
    std::int64_t timeMs = 0;
    std::optional<Command> command;
    experiment::StageChange change; ///< of Change; possible
};

Line parse(const std::string& text)
{
    const auto object = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    Line line;
    if (object.is_object()) {
        const auto time = object.find("timeMs");
        const auto command = object.find("command");
        if (time != object.end() && time->is_number_integer() && command != object.end() && command->is_string()) {
            line = {time->get<std::int64_t>(), commandFromName(command->get_ref<const std::string&>()), {}};
        }
        if (line.command == Command::Change) {
            const auto what = object.find("what");
            const auto value = object.find("value");
            const auto setting =
                fromWord<experiment::Setting>(what != object.end() && what->is_string() ? what->get<std::string>() : "");
            if (setting) {
                line.change = {0, *setting, value != object.end() && value->is_number() ? value->get<double>() : -1};
            }
            if (!setting || !experiment::isPossible(line.change)) {
                line.command.reset(); // as any other line that cannot be read
            }
        }
    }
    return line;
}

/// The whole lines of `file` from `position` on; moves `position` behind them.
std::vector<Line> readLines(const std::filesystem::path& file, std::uint64_t& position)
{
    std::vector<Line> lines;
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info {};
    if (descriptor.get() < 0 || ::fstat(descriptor.get(), &info) != 0 || static_cast<std::uint64_t>(info.st_size) <= position) {
        return lines;
    }
    std::string text(static_cast<std::size_t>(static_cast<std::uint64_t>(info.st_size) - position), '\0');
    readAllAt(descriptor.get(), text, position, file);
    std::size_t start = 0;
    for (std::size_t feed = text.find('\n'); feed != std::string::npos; feed = text.find('\n', start)) {
        lines.push_back(parse(text.substr(start, feed - start)));
        start = feed + 1;
    }
    position += start;
    return lines;
}

} // namespace

std::string_view commandName(Command command)
{
    for (const auto& [value, name] : kCommands) {
        if (value == command) {
            return name;
        }
    }
    return "unknown";
}

std::optional<Command> commandFromName(std::string_view name)
{
    for (const auto& [value, word] : kCommands) {
        if (word == name) {
            return value;
        }
    }
    return std::nullopt;
}

ControlReader::ControlReader(const JobFolder& folder) : m_file(folder.controlFile())
{
    // What was asked of an earlier attempt does not concern this one. The attempt begins when its lock is taken; without a lock,
    // now.
    const auto record = readLockRecord(folder);
    const bool live = record && JobLock::holder(folder).has_value();
    if (!live) {
        static_cast<void>(readLines(m_file, m_position));
    }
    if (live && record->controlBytes) {
        m_position = *record->controlBytes;
    } else if (live) {
        m_notBeforeMs = record->startTimeMs;
    }
}

std::vector<Command> ControlReader::poll()
{
    std::vector<Command> commands;
    for (const Line& line : readLines(m_file, m_position)) {
        if (line.command && line.timeMs >= m_notBeforeMs) {
            commands.push_back(*line.command);
            if (line.command == Command::Change) {
                m_changes.push_back(line.change);
            }
        }
    }
    return commands;
}

} // namespace lori::jobs
