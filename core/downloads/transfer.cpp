// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/transfer.h"

#include "core/support/files.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <unistd.h>

namespace lori::downloads {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kLongestFile = 1ULL << 32U; ///< no data set of the table comes near

struct EasyDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// libcurl's own set-up, once in the life of the program.
void startCurl()
{
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        throw Exception(ErrorCode::Io, "downloading cannot start: " + std::string(curl_easy_strerror(code)));
    }
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
        text.remove_prefix(1);
    }
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
        text.remove_suffix(1);
    }
    return text;
}

std::uint64_t number(std::string_view text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The state of one exchange; libcurl calls into it. No exception may cross libcurl: it waits in `m_problem`.
class Exchange final {
public:
    Exchange(const Transfer& what, const std::function<void(const Validator&)>& remember, const ProgressCallback& progress)
        : m_what(what), m_remember(remember), m_progress(progress), m_curl(curl_easy_init()), m_have(what.from)
    {
        if (m_curl == nullptr) {
            throw Exception(ErrorCode::OutOfMemory, "downloading cannot start: no memory");
        }
        setOptions();
    }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange() { closeFile(); }

    TransferEnd run()
    {
        const CURLcode code = curl_easy_perform(m_curl.get());
        if (m_problem) {
            std::rethrow_exception(m_problem);
        }
        curl_easy_getinfo(m_curl.get(), CURLINFO_RESPONSE_CODE, &m_end.status);
        using Kind = TransferEnd::Kind;
        if (m_stopped) {
            m_end.kind = Kind::Stopped;
        } else if (m_otherVersion || (m_end.status == 416 && m_what.from > 0)) {
            m_end.kind = Kind::OtherVersion;
        } else if (code == CURLE_OK && m_end.status != 200 && m_end.status != 206) {
            m_end.kind = Kind::Status;
        } else if (code == CURLE_OK) {
            openFile(); // a file of no bytes is a file too
            m_end.kind = Kind::Complete;
        } else {
            m_end.problem = m_message.front() != '\0' ? std::string(trimmed(m_message.data())) : curl_easy_strerror(code);
        }
        syncFile();
        return m_end;
    }

private:
    template <typename T>
    void set(CURLoption option, T value)
    {
        curl_easy_setopt(m_curl.get(), option, value); // NOLINT: libcurl's interface
    }

    void setOptions()
    {
        set(CURLOPT_URL, m_what.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, 5L);
        set(CURLOPT_CONNECTTIMEOUT, 30L);
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(m_what.stallSeconds));
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_USERAGENT, "lori/" LORI_VERSION);
        set(CURLOPT_ERRORBUFFER, m_message.data());
        set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_XFERINFOFUNCTION, &Exchange::onProgress);
        set(CURLOPT_XFERINFODATA, this);
        set(CURLOPT_NOPROGRESS, 0L);
        if (m_what.from > 0) {
            const std::string& tag = m_what.version.etag;
            // Only a strong tag or a date may stand in If-Range (RFC 9110 §13.1.5); a weak tag is compared when the answer comes.
            const std::string& condition = !tag.empty() && !tag.starts_with("W/") ? tag : m_what.version.lastModified;
            m_headers.reset(curl_slist_append(nullptr, ("Range: bytes=" + std::to_string(m_what.from) + "-").c_str()));
            if (!condition.empty()) {
                curl_slist_append(m_headers.get(), ("If-Range: " + condition).c_str());
            }
            set(CURLOPT_HTTPHEADER, m_headers.get());
        }
    }

    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self)
    {
        static_cast<Exchange*>(self)->header({data, size * count});
        return size * count;
    }

    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        try {
            return exchange.body({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
        } catch (...) {
            exchange.m_problem = std::current_exception();
            return CURL_WRITEFUNC_ERROR;
        }
    }

    static int onProgress(void* self, curl_off_t /*total*/, curl_off_t /*now*/, curl_off_t /*up*/, curl_off_t /*upNow*/)
    {
        auto& exchange = *static_cast<Exchange*>(self);
        try {
            return exchange.report() ? 0 : 1;
        } catch (...) {
            exchange.m_problem = std::current_exception();
            return 1;
        }
    }

    void header(std::string_view line)
    {
        if (line.starts_with("HTTP/")) { // the next answer of a chain of redirections
            m_found = {};
            m_length = m_rangeStart = m_rangeTotal = 0;
            return;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            return;
        }
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "etag") {
            m_found.etag = value;
        } else if (name == "last-modified") {
            m_found.lastModified = value;
        } else if (name == "content-length") {
            m_length = number(value);
        } else if (name == "content-range" && value.starts_with("bytes ")) {
            m_rangeStart = number(value.substr(6));
            const std::size_t slash = value.find('/');
            m_rangeTotal = slash == std::string_view::npos ? 0 : number(value.substr(slash + 1));
        }
    }

    /// The first bytes of the body: what do they belong to? False when they are of no use.
    bool begin()
    {
        long status = 0;
        curl_easy_getinfo(m_curl.get(), CURLINFO_RESPONSE_CODE, &status);
        m_isFile = status == 200 || status == 206;
        if (!m_isFile) {
            return true; // the text of an error page is let go
        }
        if (status == 206 && (m_rangeStart != m_what.from || !sameVersion())) {
            m_otherVersion = true;
            return false;
        }
        if (status == 200) {
            m_end.restarted = m_what.from > 0;
            m_have = 0;
        }
        m_start = m_have;
        m_end.total = status == 206 ? m_rangeTotal : m_length;
        const std::uint64_t limit = m_what.expected != 0 ? m_what.expected : kLongestFile;
        if (m_end.total > limit) {
            throw Exception(ErrorCode::BadFile,
                            "the server's file has " + std::to_string(m_end.total) + " bytes, at most " + std::to_string(limit) +
                                " are expected",
                            "try another mirror", m_what.url);
        }
        checkSpace();
        m_remember(m_found);
        openFile();
        return true;
    }

    /// By the tag when both sides have one, else by the date.
    [[nodiscard]] bool sameVersion() const
    {
        const Validator& before = m_what.version;
        if (!before.etag.empty() && !m_found.etag.empty()) {
            return before.etag == m_found.etag;
        }
        return before.lastModified.empty() || before.lastModified == m_found.lastModified;
    }

    void checkSpace() const
    {
        const auto free = freeDiskBytes(m_what.file.parent_path());
        if (free && m_end.total > m_have && *free < m_end.total - m_have) {
            throw Exception(ErrorCode::DiskFull,
                            "the file needs " + std::to_string(m_end.total - m_have) + " more bytes and " +
                                std::to_string(*free) + " are free",
                            "free some space or name another folder", m_what.file.parent_path().string());
        }
    }

    bool body(std::string_view bytes)
    {
        if (!m_begun) {
            m_begun = true;
            if (!begin()) {
                return false;
            }
        }
        if (!m_isFile) {
            return true;
        }
        const std::uint64_t limit = m_what.expected != 0 ? m_what.expected : kLongestFile;
        if (m_have + bytes.size() > limit) {
            throw Exception(ErrorCode::BadFile, "the server sends more than the expected " + std::to_string(limit) + " bytes",
                            "try another mirror", m_what.url);
        }
        while (!bytes.empty()) {
            const ssize_t n = ::write(m_file, bytes.data(), bytes.size());
            if (n < 0 && errno != EINTR) {
                throw Exception(errorFromErrno(errno, "cannot write", m_what.file));
            }
            bytes.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
            m_have += n > 0 ? static_cast<std::uint64_t>(n) : 0;
        }
        return true;
    }

    bool report()
    {
        if (!m_progress) {
            return true;
        }
        DownloadProgress now{m_have, m_end.total, -1};
        const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
        if (m_have > m_start && m_end.total >= m_have && seconds > 0.5) {
            now.secondsLeft = static_cast<double>(m_end.total - m_have) * seconds / static_cast<double>(m_have - m_start);
        }
        m_stopped = !m_progress(now);
        return !m_stopped;
    }

    void openFile()
    {
        if (m_file < 0) {
            m_file =
                ::open(m_what.file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (m_have == 0 ? O_TRUNC : O_APPEND), 0666); // NOLINT
            if (m_file < 0) {
                throw Exception(errorFromErrno(errno, "cannot create", m_what.file));
            }
        }
    }

    void syncFile()
    {
        if (m_file >= 0 && ::fsync(m_file) != 0) {
            throw Exception(errorFromErrno(errno, "cannot write to the disk", m_what.file));
        }
        closeFile();
    }

    void closeFile()
    {
        if (m_file >= 0) {
            ::close(m_file);
            m_file = -1;
        }
    }

    const Transfer& m_what;
    const std::function<void(const Validator&)>& m_remember;
    const ProgressCallback& m_progress;
    std::unique_ptr<CURL, EasyDeleter> m_curl;
    std::unique_ptr<curl_slist, ListDeleter> m_headers;
    std::array<char, CURL_ERROR_SIZE> m_message{};
    std::exception_ptr m_problem;
    TransferEnd m_end;
    Validator m_found;
    std::uint64_t m_length = 0;
    std::uint64_t m_rangeStart = 0;
    std::uint64_t m_rangeTotal = 0;
    std::uint64_t m_have;      ///< bytes in the file
    std::uint64_t m_start = 0; ///< bytes in the file when this exchange began
    Clock::time_point m_begin = Clock::now();
    int m_file = -1;
    bool m_begun = false;
    bool m_isFile = false;
    bool m_otherVersion = false;
    bool m_stopped = false;
};

} // namespace

TransferEnd transfer(const Transfer& what, const std::function<void(const Validator&)>& remember,
                     const ProgressCallback& progress)
{
    startCurl();
    return Exchange(what, remember, progress).run();
}

} // namespace lori::downloads
