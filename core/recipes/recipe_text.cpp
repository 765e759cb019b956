// SPDX-License-Identifier: Apache-2.0
// A recipe's report in Markdown.
#include "core/recipes/recipe_report.h"

#include <array>
#include <cstdio>

namespace lori::recipes {

using nlohmann::json;

namespace {

std::string formatted(const char* format, auto... values)
{
    std::array<char, 192> text{};
    std::snprintf(text.data(), text.size(), format, values...); // NOLINT: formats of this file
    return text.data();
}

std::string pointsText(const json& change)
{
    return change.contains("low") ? formatted("%+.1f [%+.1f, %+.1f] points", 100 * change["value"].get<double>(),
                                              100 * change["low"].get<double>(), 100 * change["high"].get<double>())
                                  : formatted("%+.1f points", 100 * change["value"].get<double>());
}

std::string cellText(const json& cell)
{
    if (cell.is_null()) {
        return "–";
    }
    const double value = cell["value"];
    const bool rate = cell["rate"];
    std::string text = rate ? formatted("%.1f %%", 100 * value) : formatted("%.3f", value);
    if (cell.contains("low") && (rate || cell["runs"].get<std::size_t>() > 1)) {
        const bool many = cell["runs"].get<std::size_t>() > 1; // a range of runs, not an interval
        const double scale = rate ? 100 : 1;
        text += formatted(rate ? (many ? " (%.1f–%.1f)" : " [%.1f–%.1f]") : " (%.3f–%.3f)", scale * cell["low"].get<double>(),
                          scale * cell["high"].get<double>());
    }
    if (const auto change = cell.find("change"); change != cell.end()) {
        text.append("; ").append(rate ? pointsText(*change) : formatted("%+.3f", (*change)["value"].get<double>()));
    }
    return text;
}

std::string tableText(const json& table)
{
    std::string text = "## ";
    text.append(table["title"].get<std::string>()).append("\n\n| |");
    std::string line = "|---|";
    for (const json& column : table["columns"]) {
        text.append(" ").append(column.get<std::string>()).append(" |");
        line += "---|";
    }
    text += "\n" + line + "\n";
    for (const json& row : table["rows"]) {
        text.append("| ").append(row["title"].get<std::string>()).append(" |");
        for (const json& cell : row["cells"]) {
            text.append(" ").append(cellText(cell)).append(" |");
        }
        text += "\n";
    }
    if (const auto note = table["note"].get<std::string>(); !note.empty()) {
        text.append("\n").append(note).append("\n");
    }
    return text.append("\n");
}

std::string rangeText(const json& range)
{
    return range.is_null() ? "unknown" : formatted("%+.4f to %+.4f", range[0].get<double>(), range[1].get<double>());
}

std::string relationText(const json& relation)
{
    std::string text = "## " + relation["title"].get<std::string>() + "\n\n| | sets | " + relation["x"].get<std::string>() +
                       " | " + relation["y"].get<std::string>() + " | 95 % over the sets |\n|---|---|---|---|---|\n";
    for (const json& group : relation["groups"]) {
        text += "| " + group["title"].get<std::string>() +
                formatted(" | %lld | %.4f | %+.4f | ", static_cast<long long>(group["sets"].get<std::int64_t>()),
                          group["x"].get<double>(), group["y"].get<double>()) +
                rangeText(group["range"]) + " |\n";
    }
    if (const json& rank = relation["rank"]; !rank.is_null()) {
        text += formatted("\nRank correlation over %lld sets: %+.2f; 95 %% interval ",
                          static_cast<long long>(relation["sets"].get<std::int64_t>()), rank.get<double>()) +
                rangeText(relation["rankRange"]) + ".\n";
    }
    if (const auto note = relation["note"].get<std::string>(); !note.empty()) {
        text.append("\n").append(note).append("\n");
    }
    return text.append("\n");
}

std::string nameOf(const json& adapter)
{
    auto text = adapter.get<std::string>();
    text.erase(0, text.rfind('@', 0) == 0 ? 1 : 0);
    return text;
}

std::string interferenceText(const json& list)
{
    std::string text;
    for (const json& step : list) {
        text += "## Interference: " + step["step"].get<std::string>() +
                "\n\n| adapters | cosine of ΔW | overlap of A's rows (chance) | shared entries of B | Jaccard of B (chance) | "
                "opposite signs |\n|---|---|---|---|---|---|\n";
        for (const json& pair : step["pairs"]) {
            text += "| " + nameOf(step["adapters"][pair["first"].get<std::size_t>()]) + " and " +
                    nameOf(step["adapters"][pair["second"].get<std::size_t>()]) +
                    formatted(" | %+.4f | %.4f (%.4f) | %lld | %.3f (%.3f) | %.1f %% |\n", pair["cosine"].get<double>(),
                              pair["rowOverlap"].get<double>(), pair["rowChance"].get<double>(),
                              static_cast<long long>(pair["shared"].get<std::int64_t>()), pair["jaccard"].get<double>(),
                              pair["jaccardChance"].get<double>(), 100 * pair["signConflicts"].get<double>());
        }
        text +=
            formatted("\nEnergy of the sum ÷ sum of the energies: %.3f (1 = orthogonal). Cross terms that PEFT's linear merge "
                      "adds: %.2f of the sum.\n\n",
                      step["energyRatio"].get<double>(), step["linearCrossTerms"].get<double>());
    }
    return text;
}

std::string claimsText(const json& claims)
{
    if (claims.empty()) {
        return {};
    }
    std::string text =
        "## The paper's claims, at this size\n\n| the paper says | measured here, first − second | rows | p | here "
        "|\n|---|---|---|---|---|\n";
    for (const json& claim : claims) {
        const json& change = claim["change"];
        const double margin = claim["margin"];
        text += "| " + claim["paper"].get<std::string>() +
                (margin > 0 ? formatted(" (within %.0f points)", 100 * margin) : std::string()) + " | " + pointsText(change) +
                " | " + std::to_string(change["rows"].get<std::int64_t>()) +
                formatted(" | %.3g | **", change["p"].get<double>()) + claim["verdict"].get<std::string>() + "** |\n";
    }
    return text + "\n";
}

} // namespace

std::string reportText(const json& report)
{
    std::string text = "# ";
    text.append(report["title"].get<std::string>()).append("\n\n").append(report["explanation"].get<std::string>()).append("\n");
    if (const auto source = report["source"].get<std::string>(); !source.empty()) {
        text.append("\nAfter ").append(source).append(".\n");
    }
    text +=
        "\nRates stand with their 95 % interval in [ ], several seeds with their range in ( ); behind a semicolon is the change "
        "against the adapter alone, on the same rows.\n\n";
    for (const json& table : report["tables"]) {
        text += tableText(table);
    }
    for (const json& relation : report["relations"]) {
        text += relationText(relation);
    }
    text += claimsText(report["claims"]) + interferenceText(report["interference"]);
    return text + formatted("%zu steps, %.1f minutes of work.\n", report["steps"].size(), report["seconds"].get<double>() / 60);
}

} // namespace lori::recipes
