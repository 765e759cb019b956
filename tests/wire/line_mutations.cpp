// SPDX-License-Identifier: Apache-2.0
#include "tests/wire/line_mutations.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace lori::test {

using nlohmann::json;

std::string LineMutations::bytes()
{
    std::string line(below(300), ' ');
    std::generate(line.begin(), line.end(), [&] { return static_cast<char>(m_random()); });
    return line;
}

std::string LineMutations::nested()
{
    static const std::vector<std::pair<std::string, std::string>> kWays{
        {"[", "]"}, {R"({"a":)", "}"}, {R"({"id":1,"type":"chat","variables":)", "}"}, {R"([{"mix":)", "}]"}};
    const auto& [open, close] = kWays[below(kWays.size())];
    const std::size_t depth = std::size_t{1} << below(17);
    std::string line, end;
    for (std::size_t i = 0; i < depth; ++i) {
        line += open;
        end += close;
    }
    return line + "1" + (below(2) == 0 ? end : "");
}

std::string LineMutations::withOtherValue()
{
    static const std::vector<std::string> kValues{"null",
                                                  "true",
                                                  "-1",
                                                  "1e308",
                                                  "-1e308",
                                                  "1e999",
                                                  "18446744073709551615",
                                                  "99999999999999999999999999",
                                                  "0.5",
                                                  "\"\"",
                                                  "[]",
                                                  "{}",
                                                  "\"\\u0000\"",
                                                  "\"\\ud800\"",
                                                  "[[]]",
                                                  "[1,\"a\",null]",
                                                  "{\"handle\":1,\"weight\":1e300}",
                                                  "[{\"handle\":1}]",
                                                  "\"q_proj\"",
                                                  "\"chat\"",
                                                  "-0.0",
                                                  "5e-324",
                                                  "[\"a\",\"b\"]",
                                                  "{\"role\":\"user\"}",
                                                  "\"/dev/zero\"",
                                                  "\"..\"",
                                                  "2147483648"};
    json object = json::parse(m_valid[below(m_valid.size())]);
    const json value = json::parse(kValues[below(kValues.size())], nullptr, false);
    json* place = &object;
    while (place->is_structured() && !place->empty() && (place == &object || below(3) > 0)) {
        auto entry = place->begin();
        std::advance(entry, static_cast<std::ptrdiff_t>(below(place->size())));
        place = &*entry;
    }
    *place = value.is_discarded() ? json("discarded") : value;
    if (below(4) == 0 && object.is_object()) {
        object[below(2) == 0 ? "unknown" : "type"] = value.is_discarded() ? json(1) : value;
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string LineMutations::mutated()
{
    std::string line = m_valid[below(m_valid.size())];
    for (std::size_t count = 1 + below(4); count > 0 && !line.empty(); --count) {
        const std::size_t at = below(line.size());
        switch (below(5)) {
        case 0:
            line[at] = static_cast<char>(m_random());
            break;
        case 1:
            line.erase(at, 1 + below(8));
            break;
        case 2:
            line.insert(at, line.substr(below(line.size()), below(20)));
            break;
        case 3:
            line.resize(at);
            break;
        default:
            line.insert(at, 1, "{}[]\",:0e-\\"[below(11)]);
            break;
        }
    }
    return line;
}

std::string LineMutations::next()
{
    std::string line;
    switch (below(10)) {
    case 0:
        line = m_valid[below(m_valid.size())];
        break;
    case 1:
        line = bytes();
        break;
    case 2:
        line = nested();
        break;
    case 3:
    case 4:
    case 5:
        line = mutated();
        break;
    default:
        line = withOtherValue();
        break;
    }
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

} // namespace lori::test
