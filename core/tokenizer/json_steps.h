// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reading the steps of a tokenizer.json (normalizer, pre_tokenizer, decoder), which share their form. Internal to this room.

#include "core/support/error.h"
#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace lori::tokenizer {

/// One step's object and the part of the file it stands in; every problem is said with that part.
class Step final {
public:
    Step(const nlohmann::json& object, std::string where);

    [[nodiscard]] const std::string& type() const { return m_type; }
    [[nodiscard]] std::string text(const char* name) const;
    [[nodiscard]] bool flag(const char* name, bool fallback) const;
    [[nodiscard]] std::int64_t count(const char* name) const; ///< a small whole number, not negative
    [[nodiscard]] bool has(const char* name) const;
    /// 'pattern', a {"Regex": …} or a {"String": …}.
    [[nodiscard]] Pattern pattern() const;
    /// Calls `each` for the entries of a Sequence's list.
    void forEach(const char* name, const std::function<void(const nlohmann::json&)>& each) const;
    [[noreturn]] void refuse(ErrorCode code, const std::string& what) const;

private:
    const nlohmann::json& m_object;
    std::string m_where;
    std::string m_type;
};

} // namespace lori::tokenizer
