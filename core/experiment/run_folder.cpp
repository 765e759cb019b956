// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/run_folder.h"

#include "core/experiment/control_words.h"
#include "core/experiment/descriptor.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <pwd.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace lori::experiment {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMaxSlug = 40;
constexpr int kAttempts = 20;

/// Lower-case ASCII letters and digits with single hyphens between; "run" when nothing is left.
std::string slug(const std::string& name)
{
    std::string text;
    for (const char c : name) {
        if (text.size() >= kMaxSlug) {
            break;
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text += c;
        } else if (c >= 'A' && c <= 'Z') {
            text += static_cast<char>(c - 'A' + 'a');
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    while (!text.empty() && text.back() == '-') {
        text.pop_back();
    }
    return text.empty() ? "run" : text;
}

std::string makeId(const std::string& name)
{
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> stamp{};
    std::strftime(stamp.data(), stamp.size(), "%Y%m%d-%H%M%S", &utc);
    std::random_device random;
    std::uniform_int_distribution<int> letter('a', 'z');
    std::string id = std::string(stamp.data()) + "-" + slug(name) + "-";
    for (int i = 0; i < 4; ++i) {
        id += static_cast<char>(letter(random));
    }
    return id;
}

/// Removes a half-made folder unless it was put in place.
class TemporaryFolder final {
public:
    explicit TemporaryFolder(fs::path path) : m_path(std::move(path)) {}
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// True when the folder now stands under its final name, false when that name is taken.
bool putInPlace(const fs::path& from, const fs::path& to)
{
    if (std::rename(from.c_str(), to.c_str()) == 0) {
        const Descriptor parent(::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        ::fsync(parent.get()); // best effort, as in writeFileAtomically
        return true;
    }
    if (errno == EEXIST || errno == ENOTEMPTY) {
        return false;
    }
    throw Exception(errorFromErrno(errno, "cannot make the run's folder", to));
}

/// False when there is a folder of that name.
bool makeFolder(const Home& home, const RunConfig& config, const std::string& id,
                const std::vector<std::pair<std::string, std::string>>& files = {})
{
    // A leading dot: whoever lists runs never sees a folder that is still being made.
    const TemporaryFolder temporary(home.runs() / ("." + id + ".tmp." + std::to_string(::getpid())));
    for (const char* part : {"checkpoints", "adapter", "masks", "items"}) {
        fs::create_directories(temporary.path() / part);
    }
    const std::string text = toJson(config).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    writeFileAtomically(temporary.path() / "config.json", text).value();
    for (const auto& [name, content] : files) {
        writeFileAtomically(temporary.path() / name, content).value();
    }
    return putInPlace(temporary.path(), home.runs() / id);
}

fs::path environmentPath(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read once at start
    return value != nullptr ? fs::path(value) : fs::path();
}

} // namespace

Home Home::fromEnvironment()
{
    if (const fs::path own = environmentPath("LORI_HOME"); !own.empty()) {
        return {fs::absolute(own).lexically_normal()};
    }
    if (const fs::path data = environmentPath("XDG_DATA_HOME"); data.is_absolute()) {
        return {data / "lori-workbench"};
    }
    fs::path user = environmentPath("HOME");
    if (user.empty()) {
        const passwd* entry = ::getpwuid(::getuid()); // NOLINT(concurrency-mt-unsafe): read once at start
        user = entry != nullptr ? fs::path(entry->pw_dir) : fs::current_path();
    }
    return {user / ".local" / "share" / "lori-workbench"};
}

RunFolder::RunFolder(fs::path path) : m_path(std::move(path)) {}

Result<RunFolder> RunFolder::create(const Home& home, const RunConfig& config,
                                    const std::vector<std::pair<std::string, std::string>>& files)
{
    return guard([&] {
        fs::create_directories(home.runs());
        for (int attempt = 0; attempt < kAttempts; ++attempt) {
            const std::string id = makeId(config.name);
            if (makeFolder(home, config, id, files)) {
                return RunFolder(home.runs() / id);
            }
        }
        throw Exception(ErrorCode::AlreadyExists, "could not find a free name for the run's folder", "try again",
                        home.runs().string());
    });
}

Result<RunFolder> RunFolder::createOrOpen(const Home& home, const RunConfig& config, const std::string& id)
{
    return guard([&] {
        const bool isPlain = std::all_of(id.begin(), id.end(),
                                         [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        if (id.empty() || id.front() == '-' || !isPlain) {
            throw Exception(ErrorCode::InvalidArgument, "a run's id holds lower-case letters, digits and hyphens",
                            "choose another", id);
        }
        fs::create_directories(home.runs());
        if (!fs::exists(home.runs() / id)) {
            static_cast<void>(makeFolder(home, config, id)); // another process may have been quicker: then it is opened
        }
        return open(home, (home.runs() / id).string()).value();
    });
}

Result<RunFolder> RunFolder::open(const Home& home, const std::string& nameOrPath)
{
    return guard([&] {
        if (nameOrPath.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no run was named", "give a run's id or folder");
        }
        fs::path path = home.runs() / nameOrPath;
        std::error_code ignored;
        if (nameOrPath.find('/') != std::string::npos || !fs::is_directory(path, ignored)) {
            path = fs::absolute(nameOrPath);
        }
        path = path.lexically_normal();
        if (path.filename().empty()) { // a trailing slash
            path = path.parent_path();
        }
        if (!fs::is_directory(path, ignored)) {
            throw Exception(ErrorCode::NotFound, "there is no such run", "lori history list names the runs", nameOrPath);
        }
        if (!fs::is_regular_file(path / "config.json", ignored)) {
            throw Exception(ErrorCode::BadFile, "the folder holds no config.json, so it is not a run", "choose a run's folder",
                            path.string());
        }
        return RunFolder(path);
    });
}

fs::path RunFolder::adapterFolder(std::int64_t stage, StageKind kind) const
{
    return m_path / "adapter" / (std::to_string(stage) + "-" + std::string(stageKindName(kind)));
}

Result<RunConfig> RunFolder::config() const
{
    return guard([&] {
        const std::string file = (m_path / "config.json").string();
        RunConfig config = readRunConfig(file).value();
        // Folders of older programs do not name this field: they put an end token behind cut answers, and go on doing so.
        const nlohmann::json json = nlohmann::json::parse(readTextFile(file).value(), nullptr, false);
        const nlohmann::json data = json.is_object() ? json.value("data", nlohmann::json::object()) : nlohmann::json::object();
        config.data.endAfterCut = config.data.endAfterCut || !data.contains("endAfterCut");
        return config;
    });
}

Result<void> RunFolder::sendCommand(Command command) const
{
    return guard([&] {
        const Descriptor descriptor(::open(controlFile().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
        if (descriptor.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", controlFile()));
        }
        struct stat info {};
        std::string last(1, '\n');
        if (::fstat(descriptor.get(), &info) == 0 && info.st_size > 0) {
            readAllAt(descriptor.get(), last, static_cast<std::uint64_t>(info.st_size) - 1, controlFile());
        }
        using namespace std::chrono;
        nlohmann::ordered_json line;
        line["timeMs"] = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
        line["command"] = commandName(command);
        // A sender killed in mid-write leaves half a line; the line feed keeps ours apart from it.
        writeAllTo(descriptor.get(), (last == "\n" ? "" : "\n") + line.dump() + "\n", controlFile());
        ::fdatasync(descriptor.get());
    });
}

} // namespace lori::experiment
