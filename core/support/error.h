// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/message.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace lori {

/// Why something could not be done. The window translates by code; `lori` maps codes to exit codes (exitCodeFor).
enum class ErrorCode {
    InvalidArgument, ///< a value a person or caller gave is out of range or of the wrong form      (exit 2)
    NotFound,        ///< a file, folder, run or name does not exist                                (exit 2)
    BadFile,         ///< a file exists but is truncated, corrupt, of another kind, or inconsistent (exit 2)
    Unsupported,     ///< well-formed, but of a kind this program does not handle                   (exit 2)
    Mismatch,        ///< two things do not belong together (adapter and base, mask and shape …)    (exit 2)
    AlreadyExists,   ///< would overwrite something                                                 (exit 2)
    Busy,            ///< locked by another process                                                 (exit 1)
    NewerVersion,    ///< written by a newer version of this program                                (exit 2)
    Io,              ///< reading or writing failed: permissions, broken disk                       (exit 1)
    DiskFull,        ///< no space left                                                             (exit 1)
    OutOfMemory,     ///< memory, on the host or the device                                         (exit 1)
    NonFinite,       ///< a loss, weight or score became NaN or infinite                            (exit 1)
    Stopped,         ///< stopped by the user, what was done is kept                                (exit 3)
    Interrupted,     ///< SIGINT or SIGTERM before anything could be kept                           (exit 130)
    Internal,        ///< a defect in this program                                                  (exit 1)
};

/// One failure, as one sentence: what happened (with the actual and the expected value), where, and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string what;      ///< "the file ends after 12 of 4096 bytes of tensor 'model.norm.weight'"
    std::string hint;      ///< "download it again"; may be empty
    std::string where;     ///< file, row, field: "model.safetensors", "train.jsonl:17", "adapter.rank"; may be empty
    std::string message{}; ///< code of the CodedMessage that `what` and `hint` come from; "" when they are free text
    std::vector<std::string> arguments{}; ///< of that message

    /// "where: what; hint" with the empty parts left out.
    [[nodiscard]] std::string sentence() const;
};

/// An error that says a CodedMessage.
[[nodiscard]] Error errorOf(ErrorCode code, const CodedMessage& message, std::vector<std::string> arguments = {},
                            std::string where = {});

/// The process exit code of design §8 for an error.
[[nodiscard]] int exitCodeFor(ErrorCode code);
/// Stable lower-case name for JSON, e.g. "bad_file".
[[nodiscard]] const char* codeName(ErrorCode code);
[[nodiscard]] ErrorCode codeFromName(const std::string& name);

/// The exception used inside rooms; guard() turns it into a Result at a public border.
class Exception final : public std::runtime_error {
public:
    explicit Exception(Error error);
    Exception(ErrorCode code, const CodedMessage& message, std::vector<std::string> arguments = {}, std::string where = {});
    Exception(ErrorCode code, std::string what, std::string hint = {}, std::string where = {});
    [[nodiscard]] const Error& error() const { return m_error; }

private:
    Error m_error;
};

} // namespace lori
