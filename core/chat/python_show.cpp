// SPDX-License-Identifier: Apache-2.0
#include "core/chat/python_show.h"

#include "core/chat/python_text.h"
#include "core/support/error.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lori::chat {

namespace {

/// range(1, 4): what it was made of is read off its items.
std::string rangeText(const std::vector<Value>& items)
{
    if (items.empty()) {
        return "range(0, 0)";
    }
    const std::int64_t first = *items.front().integer();
    const std::int64_t last = *items.back().integer();
    const std::int64_t step = items.size() > 1 ? *items[1].integer() - first : 1;
    const std::string text = "range(" + std::to_string(first) + ", " + std::to_string(last + (step > 0 ? 1 : -1));
    return step == 1 ? text + ")" : text + ", " + std::to_string(step) + ")";
}

class Writer final {
public:
    explicit Writer(Budget& budget) : m_budget(budget) {}

    std::string take() { return std::move(m_text); }

    void represent(const Value& value)
    {
        m_budget.work(1);
        if (const Text* text = value.text()) {
            m_budget.memory(text->bytes.size());
            m_text += text->isMarkup ? "Markup(" + chat::quoted(text->bytes) + ")" : chat::quoted(text->bytes);
        } else if (const List* list = value.list()) {
            representList(*list);
        } else if (const Dict* dict = value.dict()) {
            m_text += '{';
            for (const auto& [key, item] : dict->entries()) {
                m_text += &item == &dict->entries().front().second ? "" : ", ";
                represent(key);
                m_text += ": ";
                represent(item);
            }
            m_text += '}';
        } else {
            plain(value);
        }
    }

    void plain(const Value& value)
    {
        if (value.isNone()) {
            m_text += "None";
        } else if (const bool* truth = value.boolean()) {
            m_text += *truth ? "True" : "False";
        } else if (const std::int64_t* whole = value.integer()) {
            m_text += std::to_string(*whole);
        } else if (const double* number = value.real()) {
            m_text += floatText(*number);
        } else if (value.isUndefined()) {
            m_text += "Undefined";
        } else {
            m_text += std::string("<") + value.typeName() + ">";
        }
    }

private:
    void representList(const List& list)
    {
        if (list.kind == ListKind::Range) {
            m_text += rangeText(list.items);
            return;
        }
        constexpr std::array<const char*, 6> kOpen{"[", "(", "", "dict_keys([", "dict_values([", "dict_items(["};
        constexpr std::array<const char*, 6> kClose{"]", ")", "", "])", "])", "])"};
        m_text += kOpen.at(static_cast<std::size_t>(list.kind));
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            m_text += i > 0 ? ", " : "";
            represent(list.items[i]);
        }
        m_text += list.kind == ListKind::Tuple && list.items.size() == 1 ? "," : "";
        m_text += kClose.at(static_cast<std::size_t>(list.kind));
    }

    Budget& m_budget;
    std::string m_text;
};

class JsonWriter final {
public:
    JsonWriter(const JsonForm& form, Budget& budget) : m_form(form), m_budget(budget) {}

    std::string take() { return std::move(m_text); }

    void write(const Value& value, int level)
    {
        m_budget.work(1);
        if (const Text* text = value.text()) {
            writeText(text->bytes);
        } else if (const List* list = value.list(); list != nullptr && list->kind <= ListKind::Tuple) {
            writeList(*list, level);
        } else if (const Dict* dict = value.dict()) {
            writeDict(*dict, level);
        } else if (value.isNone()) {
            m_text += "null";
        } else if (value.isNumber()) {
            m_text += numberText(value);
        } else {
            throw Exception(ErrorCode::InvalidArgument,
                            std::string("Object of type ") + value.typeName() + " is not JSON serializable", {}, "chat template");
        }
    }

private:
    static std::string numberText(const Value& value)
    {
        if (const bool* truth = value.boolean()) {
            return *truth ? "true" : "false";
        }
        if (const std::int64_t* whole = value.integer()) {
            return std::to_string(*whole);
        }
        const std::string text = floatText(*value.real());
        return text == "nan" ? "NaN" : text == "inf" ? "Infinity" : text == "-inf" ? "-Infinity" : text;
    }

    void writeUnit(unsigned unit)
    {
        std::array<char, 16> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "\\u%04x", unit);
        m_text += buffer.data();
    }

    void writeText(const std::string& text)
    {
        m_budget.memory(text.size());
        m_text += '"';
        for (const char32_t point : tokenizer::codePoints(text)) {
            switch (point) {
            case U'"':
                m_text += "\\\"";
                continue;
            case U'\\':
                m_text += "\\\\";
                continue;
            case U'\n':
                m_text += "\\n";
                continue;
            case U'\r':
                m_text += "\\r";
                continue;
            case U'\t':
                m_text += "\\t";
                continue;
            case U'\f':
                m_text += "\\f";
                continue;
            case U'\b':
                m_text += "\\b";
                continue;
            default:
                break;
            }
            if (point < 0x20 || (m_form.ensureAscii && point > 0x7E && point < 0x10000)) {
                writeUnit(point);
            } else if (m_form.ensureAscii && point >= 0x10000) {
                writeUnit(0xD800U + ((point - 0x10000U) >> 10U));
                writeUnit(0xDC00U + ((point - 0x10000U) & 0x3FFU));
            } else {
                tokenizer::appendUtf8(m_text, point);
            }
        }
        m_text += '"';
    }

    void newLine(int level)
    {
        if (m_form.hasIndent) {
            m_text += '\n';
            for (int i = 0; i < level; ++i) {
                m_text += m_form.indent;
            }
        }
    }

    void writeList(const List& list, int level)
    {
        if (list.items.empty()) {
            m_text += "[]";
            return;
        }
        m_text += '[';
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            m_text += i > 0 ? m_form.itemSeparator : "";
            newLine(level + 1);
            write(list.items[i], level + 1);
        }
        newLine(level);
        m_text += ']';
    }

    static std::string keyText(const Value& key)
    {
        if (const Text* text = key.text()) {
            return text->bytes;
        }
        if (key.isNone()) {
            return "null";
        }
        if (key.isNumber()) {
            return numberText(key);
        }
        throw Exception(ErrorCode::InvalidArgument,
                        std::string("keys must be str, int, float, bool or None, not ") + key.typeName(), {}, "chat template");
    }

    void writeDict(const Dict& dict, int level)
    {
        if (dict.entries().empty()) {
            m_text += "{}";
            return;
        }
        std::vector<std::pair<std::string, const Value*>> entries;
        for (const auto& [key, item] : dict.entries()) {
            entries.emplace_back(keyText(key), &item);
        }
        if (m_form.sortKeys) {
            std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        }
        m_text += '{';
        for (std::size_t i = 0; i < entries.size(); ++i) {
            m_text += i > 0 ? m_form.itemSeparator : "";
            newLine(level + 1);
            writeText(entries[i].first);
            m_text += m_form.keySeparator;
            write(*entries[i].second, level + 1);
        }
        newLine(level);
        m_text += '}';
    }

    const JsonForm& m_form;
    Budget& m_budget;
    std::string m_text;
};

} // namespace

std::string shown(const Value& value, Budget& budget)
{
    if (const Text* text = value.text()) {
        return text->bytes;
    }
    return value.isUndefined() ? std::string() : represented(value, budget);
}

std::string represented(const Value& value, Budget& budget)
{
    Writer writer(budget);
    writer.represent(value);
    return writer.take();
}

std::string jsonText(const Value& value, const JsonForm& form, Budget& budget)
{
    JsonWriter writer(form, budget);
    writer.write(value, 0);
    return writer.take();
}

} // namespace lori::chat
