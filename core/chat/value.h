// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace lori::chat {

class Value;
class Dict;
class Interpreter;
struct CallValues;

/// A text and what is asked of it again and again. Valid UTF-8.
struct Text {
    std::string bytes;
    std::size_t length = 0; ///< code points
    bool isMarkup = false;  ///< came out of `safe` or `escape`: what is added to it by + is escaped
    [[nodiscard]] bool isAscii() const { return length == bytes.size(); }
};

/// What Python would call it; all are immutable lists of values here.
enum class ListKind : std::uint8_t { List, Tuple, Range, Keys, Values, Items };

struct List {
    std::vector<Value> items;
    ListKind kind = ListKind::List;
    int depth = 1;            ///< lists inside lists
    std::uint64_t weight = 1; ///< values in it and below, each as often as it stands there
};

/// What `map`, `select` … give: it can be walked once.
struct Iterator {
    std::vector<Value> items;
    std::size_t next = 0;
    int depth = 1;
    std::uint64_t weight = 1;
};

/// A value that is not there. Printing it gives nothing; using it fails with `message`.
struct Undefined {
    std::shared_ptr<const std::string> message;
};
struct None {};

/// Something with attributes or that can be called: namespace, macro, function, method, loop.
class Object {
public:
    virtual ~Object() = default;
    [[nodiscard]] virtual const char* typeName() const = 0;
    [[nodiscard]] virtual bool isCallable() const { return false; }
    /// Nothing when there is none of that name.
    [[nodiscard]] virtual std::optional<Value> attribute(std::string_view name, Interpreter& interpreter) = 0;
    /// Throws InvalidArgument when it cannot be called.
    virtual Value call(Interpreter& interpreter, CallValues values);
};

/// A value of the template language, with Python's types and meaning. Lists, texts and dicts cannot be changed (transformers'
/// sandbox forbids it), so copies share them.
class Value final {
public:
    Value() : m_data(None{}) {}
    Value(bool value) : m_data(value) {}                                   // NOLINT: implicit, as are all plain values
    Value(std::int64_t value) : m_data(value) {}                           // NOLINT
    Value(int value) : m_data(static_cast<std::int64_t>(value)) {}         // NOLINT
    Value(std::size_t value) : m_data(static_cast<std::int64_t>(value)) {} // NOLINT
    Value(double value) : m_data(value) {}                                 // NOLINT
    Value(std::string text, bool isMarkup = false);                        // NOLINT
    Value(std::string_view text) : Value(std::string(text)) {}             // NOLINT
    Value(const char* text) : Value(std::string(text)) {}                  // NOLINT
    /// Throws InvalidArgument when the items are nested too deeply or are too many in all.
    explicit Value(std::vector<Value> items, ListKind kind = ListKind::List);
    explicit Value(std::shared_ptr<const Dict> dict) : m_data(std::move(dict)) {}
    explicit Value(std::shared_ptr<Iterator> iterator) : m_data(std::move(iterator)) {}
    explicit Value(std::shared_ptr<Object> object) : m_data(std::move(object)) {}
    [[nodiscard]] static Value undefined(std::string message);
    [[nodiscard]] static Value iterator(std::vector<Value> items);
    /// Throws InvalidArgument when it is nested too deeply.
    [[nodiscard]] static Value fromJson(const nlohmann::ordered_json& json);

    [[nodiscard]] bool isUndefined() const { return std::holds_alternative<Undefined>(m_data); }
    [[nodiscard]] bool isNone() const { return std::holds_alternative<None>(m_data); }
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&m_data); }
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&m_data); }
    [[nodiscard]] const double* real() const { return std::get_if<double>(&m_data); }
    [[nodiscard]] const Text* text() const { return pointee<Text>(); }
    [[nodiscard]] const List* list() const { return pointee<List>(); }
    [[nodiscard]] const Dict* dict() const { return pointee<Dict>(); }
    [[nodiscard]] Iterator* walker() const;
    [[nodiscard]] std::shared_ptr<Object> object() const;
    [[nodiscard]] bool isNumber() const { return boolean() != nullptr || integer() != nullptr || real() != nullptr; }
    /// A whole number, True and False included.
    [[nodiscard]] bool toInteger(std::int64_t& value) const;
    /// Any number as a double.
    [[nodiscard]] bool toReal(double& value) const;

    /// Python's bool(value).
    [[nodiscard]] bool isTrue() const;
    /// Python's ==: numbers by value, lists and dicts by content.
    [[nodiscard]] bool equals(const Value& other) const;
    /// Python's type name: "str", "dict", "NoneType", "Undefined" …
    [[nodiscard]] const char* typeName() const;
    /// "is undefined" and the like; only of an undefined value.
    [[nodiscard]] const std::string& undefinedMessage() const;
    [[nodiscard]] int depth() const;
    /// What walking through it costs, as Budget::work counts.
    [[nodiscard]] std::uint64_t weight() const;

private:
    template <typename T>
    [[nodiscard]] const T* pointee() const
    {
        const auto* held = std::get_if<std::shared_ptr<const T>>(&m_data);
        return held == nullptr ? nullptr : held->get();
    }
    std::variant<None, Undefined, bool, std::int64_t, double, std::shared_ptr<const Text>, std::shared_ptr<const List>,
                 std::shared_ptr<const Dict>, std::shared_ptr<Iterator>, std::shared_ptr<Object>>
        m_data;
};

/// A dict in the order of insertion.
class Dict final {
public:
    /// Throws InvalidArgument for a key that Python cannot hash, and when nested too deeply.
    void set(const Value& key, Value value);
    void remove(const Value& key);
    [[nodiscard]] const Value* find(const Value& key) const;
    [[nodiscard]] const Value* findText(std::string_view key) const;
    [[nodiscard]] const std::vector<std::pair<Value, Value>>& entries() const { return m_entries; }
    [[nodiscard]] int depth() const { return m_depth; }
    [[nodiscard]] std::uint64_t weight() const { return m_weight; }

private:
    std::vector<std::pair<Value, Value>> m_entries;
    std::unordered_map<std::string, std::size_t> m_places;
    int m_depth = 1;
    std::uint64_t m_weight = 1;
};

} // namespace lori::chat
