// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regular expressions over module names, as PEFT's configurations hold them. Internal to this room.

#include <memory>
#include <string>

namespace lori::formats {

/// A Python regular expression from a file that cannot be trusted: matching ends after a bounded number of steps.
class NamePattern final {
public:
    /// Throws BadFile, naming `field`, when the expression is none or is longer than any real one.
    NamePattern(const std::string& expression, const std::string& field, const std::string& where);

    /// As Python's re.fullmatch. Throws BadFile when the expression takes too many steps.
    [[nodiscard]] bool matchesWhole(const std::string& name) const;
    /// As Python's re.match: from the beginning, to wherever.
    [[nodiscard]] bool matchesStart(const std::string& name) const;
    /// As matchesStart, but gives the named group "idx" as a number; −1 without a match.
    [[nodiscard]] std::int64_t layerIn(const std::string& name) const;

private:
    struct Code;
    [[nodiscard]] int match(const std::string& name, unsigned options) const;

    std::shared_ptr<const Code> m_code;
};

} // namespace lori::formats
