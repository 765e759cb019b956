// SPDX-License-Identifier: Apache-2.0
// Valid data files of every kind, broken in many ways: each gives rows, or one sentence. Meant to run under sanitizers as well.
#include "core/tasks/data_file.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <random>

using namespace lori;
using namespace lori::tasks;

namespace {

using nlohmann::json;

constexpr int kTries = 150;

/// A random number below `end`.
std::size_t below(std::mt19937& random, std::size_t end)
{
    return end == 0 ? 0 : random() % end;
}

/// Something a person or a program might have written where another value was.
json otherValue(std::mt19937& random)
{
    switch (below(random, 14)) {
    case 0:
        return nullptr;
    case 1:
        return true;
    case 2:
        return 1e308;
    case 3:
        return std::numeric_limits<std::int64_t>::min();
    case 4:
        return "";
    case 5:
        return std::string(5000, 'x');
    case 6:
        return json::array();
    case 7:
        return json::object();
    case 8:
        return json::array({json::array({1, json::object()}), nullptr});
    case 9:
        return json{{"role", "user"}, {"content", json::array({json{{"type", "image"}}})}};
    case 10:
        return json::array({json{{"role", "tool"}, {"content", "x\ny"}}});
    case 11:
        return "line\nbreak \u2028 and \x01 control";
    case 12:
        return json::array({json{{"from", "no\nbody"}, {"value", 3}}});
    default:
        return json::array({"q", json::array({"a"})});
    }
}

/// Replaces, removes, renames or doubles one value somewhere in a document.
void changeSomething(json& value, std::mt19937& random)
{
    if (value.is_structured() && !value.empty() && below(random, 4) != 0) {
        auto it = value.begin();
        std::advance(it, static_cast<std::ptrdiff_t>(below(random, value.size())));
        if (value.is_object() && below(random, 6) == 0) {
            json moved = *it;
            value.erase(it);
            value[below(random, 2) == 0 ? "renamed\nfield" : "system"] = std::move(moved);
        } else if (below(random, 6) == 0) {
            value.erase(it);
        } else if (value.is_array() && below(random, 6) == 0) {
            json copy = *it;
            value.push_back(std::move(copy));
        } else {
            changeSomething(*it, random);
        }
        return;
    }
    value = otherValue(random);
}

/// Bytes cut, flipped, doubled, or replaced by what editors and programs leave behind.
void damageBytes(std::string& text, std::mt19937& random)
{
    const std::array<std::string, 14> kPieces{"NaN",          "-Infinity", "1e999",    "\"a\":1,\"a\":2,", "'",  "[[[[[[[[",
                                              "\xff\xfe",     "\xc3\x28",  "\r\n\r\n", "\\ud800",          "{}", "]}",
                                              "null,\n[7]\n", "\"\"\""};
    const std::size_t at = below(random, text.size());
    switch (below(random, 7)) {
    case 0:
        text.resize(at);
        break;
    case 1:
        if (!text.empty()) {
            text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
        }
        break;
    case 2:
        text.insert(at, kPieces[below(random, kPieces.size())]);
        break;
    case 3:
        text.erase(at, below(random, 40));
        break;
    case 4:
        text.insert(at, text.substr(below(random, text.size() + 1), 50));
        break;
    case 5:
        std::replace(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '"', '\'');
        break;
    default:
        text.insert(at, std::string(below(random, 300), "[{"[below(random, 2)]));
        break;
    }
}

json rows(const char* kind)
{
    const json turns = json::array({{{"role", "system"}, {"content", "s"}},
                                    {{"role", "user"}, {"content", "q1"}},
                                    {{"role", "assistant"}, {"content", "a1"}, {"weight", 1}},
                                    {{"role", "user"}, {"content", json::array({{{"type", "text"}, {"text", "q2"}}})}},
                                    {{"role", "assistant"}, {"content", "a2"}, {"tool_calls", nullptr}}});
    json list = json::array();
    for (int i = 0; i < 4; ++i) {
        if (std::string_view(kind) == "alpaca") {
            list.push_back({{"instruction", "do " + std::to_string(i)},
                            {"input", i == 1 ? json(nullptr) : json("in")},
                            {"output", "done"},
                            {"system", "be kind"},
                            {"history", json::array({json::array({"u", "a"})})}});
        } else if (std::string_view(kind) == "openai") {
            list.push_back({{"messages", turns}, {"id", i}});
        } else if (std::string_view(kind) == "sharegpt") {
            list.push_back(
                {{"conversations", json::array({{{"from", "human"}, {"value", "q"}}, {{"from", "gpt"}, {"value", "a"}}})},
                 {"system", "s"}});
        } else {
            list.push_back({{"prompt", json::array({turns[0], turns[1]})}, {"completion", json::array({turns[2]})}});
        }
    }
    return list;
}

} // namespace

class DataMutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyVariantGivesRowsOrOneSentence_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("form");
        for (const char* kind : {"alpaca", "openai", "sharegpt", "trl"}) {
            for (const char* form : {"lines", "list", "wrapped", "columns", "pretty", "viewer"}) {
                QTest::addRow("%s as %s", kind, form) << kind << form;
            }
        }
        QTest::addRow("CSV") << "csv"
                             << "csv";
    }
    void everyVariantGivesRowsOrOneSentence()
    {
        QFETCH(QString, kind);
        QFETCH(QString, form);
        std::mt19937 random(static_cast<unsigned>(qHash(kind + form, 7)));
        int read = 0;
        for (int i = 0; i < kTries; ++i) {
            std::string text = kind == "csv" ? csv() : textOf(rows(kind.toUtf8()), form, random);
            for (std::size_t times = below(random, 3); times > 0; --times) {
                damageBytes(text, random);
            }
            const bool isLines = form == "lines" || form == "pretty";
            read += check(kind == "csv" ? "a.csv" : isLines ? "a.jsonl" : "a.json", text) ? 1 : 0;
        }
        QVERIFY(read > 0); // variants that were hardly changed
        QVERIFY(read < kTries);
    }

    void packedFilesToo()
    {
        // gzip of {"question":"q","answer":"a"} and a line feed
        const std::string whole =
            QByteArray::fromHex(
                "1f8b08000000000002ffab562a2c4d2d2ec9cccf53b2522a54d2514acc2b2e4f2d027212956ab9003acb83381e000000")
                .toStdString();
        std::mt19937 random(5);
        for (int i = 0; i < kTries; ++i) {
            std::string bytes = whole + (i % 3 == 0 ? whole : "");
            damageBytes(bytes, random);
            check("a.jsonl.gz", bytes);
        }
    }

private:
    static std::string csv()
    {
        return ",instruction,input,output,system\n0,\"say \"\"hi\"\"\",\"a,b\nc\",done,s\n1,plain,,x y,\n2,q,,a,s\n";
    }
    static std::string textOf(json list, const QString& form, std::mt19937& random)
    {
        const bool isChanged = below(random, 4) != 0;
        json document = list;
        if (form == "wrapped") {
            document = {{"data", list}, {"version", 1}};
        } else if (form == "viewer") {
            document = {{"rows", json::array()}, {"num_rows_total", 9}};
            for (json& row : list) {
                document["rows"].push_back({{"row_idx", 0}, {"row", row}, {"truncated_cells", json::array()}});
            }
        } else if (form == "columns") {
            document = json::object();
            for (const auto& [name, unused] : list[0].items()) {
                for (const json& row : list) {
                    document[name].push_back(row[name]);
                }
            }
        }
        if (isChanged) {
            changeSomething(document, random);
        }
        if (!document.is_array() || (form != "lines" && form != "pretty")) {
            return document.dump();
        }
        std::string text;
        for (const json& row : document) {
            text += row.dump(form == "pretty" ? 2 : -1) + "\n";
        }
        return text;
    }
    /// Whether the file was read; fails the test unless it was read or refused as it should be.
    bool check(const char* name, const std::string& text)
    {
        const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(file, std::ios::binary) << text; // thousands of files: without the wait for the disk
        const auto data = readDataFile(file, {}, BadRows::Refuse);
        const auto skipped = readDataFile(file, {}, BadRows::Skip);
        const auto fine = [&](const Error& error) {
            const std::string sentence = error.sentence();
            const bool isKind = error.code == ErrorCode::BadFile || error.code == ErrorCode::InvalidArgument ||
                                error.code == ErrorCode::Unsupported;
            return isKind && !error.what.empty() && sentence.find('\n') == std::string::npos && sentence.size() < 1500;
        };
        const auto say = [&](const Error& error) {
            return error.sentence() + "\nof: " + text.substr(0, 2000);
        };
        if (!data) {
            [&] {
                QVERIFY2(fine(data.error()), say(data.error()).c_str());
            }();
        }
        if (!skipped) {
            [&] {
                QVERIFY2(fine(skipped.error()), say(skipped.error()).c_str());
            }();
            return false;
        }
        [&] {
            QVERIFY(!skipped->rows.empty());
            QVERIFY(data.has_value() != (!skipped->problems.empty()));
            for (const Row& row : skipped->rows) {
                QVERIFY2(!row.instruction.empty() && !row.output.empty(), text.substr(0, 2000).c_str());
            }
            for (const DataNote& note : skipped->notes) {
                QVERIFY2(note.text.find('\n') == std::string::npos, note.text.c_str());
            }
        }();
        return data.has_value();
    }

    QTemporaryDir m_folder;
};

LORI_TEST(DataMutationTest)
#include "data_mutation_test.moc"
