// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace lori {

/// A value or an Error, with std::expected's member names (to be replaced by it in C++23).
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}     // NOLINT: implicit like std::expected
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {} // NOLINT: implicit like std::unexpected

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// The value; throws the error as Exception when there is none.
    [[nodiscard]] T& value() &
    {
        requireValue();
        return std::get<0>(m_state);
    }
    [[nodiscard]] const T& value() const&
    {
        requireValue();
        return std::get<0>(m_state);
    }
    /// By value, so that `for (x : f().value())` does not walk a dead temporary.
    [[nodiscard]] T value() &&
    {
        requireValue();
        return std::get<0>(std::move(m_state));
    }
    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

    T& operator*() & { return std::get<0>(m_state); }
    const T& operator*() const& { return std::get<0>(m_state); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }

private:
    void requireValue() const
    {
        if (!has_value()) {
            throw Exception(error());
        }
    }
    std::variant<T, Error> m_state;
};

/// Success without a value.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {} // NOLINT: implicit like std::unexpected

    [[nodiscard]] bool has_value() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    void value() const
    {
        if (!m_ok) {
            throw Exception(m_error);
        }
    }
    [[nodiscard]] const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

/// The exception in flight as an Error: lori::Exception keeps its own, std::bad_alloc becomes OutOfMemory,
/// filesystem_error becomes Io or DiskFull, anything else Internal. Call only inside a catch block.
[[nodiscard]] Error errorFromCurrentException();

/// Runs `body` and turns whatever it throws into an Error: the one place where exceptions stop at a room's border.
template <typename Body>
[[nodiscard]] auto guard(Body&& body) -> Result<std::invoke_result_t<Body>>
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
            std::forward<Body>(body)();
            return {};
        } else {
            return std::forward<Body>(body)();
        }
    } catch (...) {
        return errorFromCurrentException();
    }
}

} // namespace lori
