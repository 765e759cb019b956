// SPDX-License-Identifier: Apache-2.0
#include "core/support/error.h"

#include <array>
#include <utility>

namespace lori {

namespace {

struct CodeRow {
    ErrorCode code;
    const char* name;
    int exitCode;
};

constexpr std::array<CodeRow, 15> kCodes{{
    {ErrorCode::InvalidArgument, "invalid_argument", 2},
    {ErrorCode::NotFound, "not_found", 2},
    {ErrorCode::BadFile, "bad_file", 2},
    {ErrorCode::Unsupported, "unsupported", 2},
    {ErrorCode::Mismatch, "mismatch", 2},
    {ErrorCode::AlreadyExists, "already_exists", 2},
    {ErrorCode::Busy, "busy", 1},
    {ErrorCode::NewerVersion, "newer_version", 2},
    {ErrorCode::Io, "io", 1},
    {ErrorCode::DiskFull, "disk_full", 1},
    {ErrorCode::OutOfMemory, "out_of_memory", 1},
    {ErrorCode::NonFinite, "non_finite", 1},
    {ErrorCode::Stopped, "stopped", 3},
    {ErrorCode::Interrupted, "interrupted", 130},
    {ErrorCode::Internal, "internal", 1},
}};

const CodeRow& rowOf(ErrorCode code)
{
    for (const CodeRow& row : kCodes) {
        if (row.code == code) {
            return row;
        }
    }
    return kCodes.back();
}

/// A sentence that quotes a file may quote a word of a thousand letters: its beginning and its end are enough. Cut between two
/// characters of UTF-8.
std::string shortened(const std::string& text)
{
    constexpr std::size_t kLongest = 700;
    constexpr std::size_t kBeginning = 400;
    constexpr std::size_t kEnd = 200;
    if (text.size() <= kLongest) {
        return text;
    }
    const auto isInside = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    std::size_t head = kBeginning;
    while (head > 0 && isInside(head)) {
        --head;
    }
    std::size_t tail = text.size() - kEnd;
    while (tail < text.size() && isInside(tail)) {
        ++tail;
    }
    return text.substr(0, head) + " … " + text.substr(tail);
}

} // namespace

std::string Error::sentence() const
{
    std::string text = where.empty() ? shortened(what) : where + ": " + shortened(what);
    if (!hint.empty()) {
        text += "; " + hint;
    }
    return text;
}

int exitCodeFor(ErrorCode code)
{
    return rowOf(code).exitCode;
}

const char* codeName(ErrorCode code)
{
    return rowOf(code).name;
}

ErrorCode codeFromName(const std::string& name)
{
    for (const CodeRow& row : kCodes) {
        if (name == row.name) {
            return row.code;
        }
    }
    return ErrorCode::Internal;
}

Error errorOf(ErrorCode code, const CodedMessage& message, std::vector<std::string> arguments, std::string where)
{
    return Error{code,
                 filled(message.what, arguments),
                 filled(message.hint, arguments),
                 std::move(where),
                 std::string(message.code),
                 std::move(arguments)};
}

Exception::Exception(ErrorCode code, const CodedMessage& message, std::vector<std::string> arguments, std::string where)
    : Exception(errorOf(code, message, std::move(arguments), std::move(where)))
{
}

Exception::Exception(Error error) : std::runtime_error(error.sentence()), m_error(std::move(error)) {}

Exception::Exception(ErrorCode code, std::string what, std::string hint, std::string where)
    : Exception(Error{code, std::move(what), std::move(hint), std::move(where)})
{
}

} // namespace lori
