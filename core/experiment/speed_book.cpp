// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/machine_speed.h"
#include "core/experiment/run_config.h"
#include "core/support/files.h"
#include "core/support/home.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>
#include <tuple>
#include <utility>

namespace lori::experiment {

namespace {

constexpr int kVersion = 2;
constexpr double kRememberedSeconds = 3600; // of one key; older work counts less beyond it
constexpr double kAlikeFactor = 4;          // sizes of work that tell of each other
constexpr std::size_t kMostEntries = 400;   // of a file that is only ever added to

constexpr std::array<std::pair<WorkKind, const char*>, 3> kWords{
    {{WorkKind::Train, "train"}, {WorkKind::Generate, "generate"}, {WorkKind::Choose, "choose"}}};

/// Nothing for an entry that says something impossible.
std::optional<SpeedEntry> entryFrom(const nlohmann::json& json)
{
    try {
        SpeedEntry e;
        e.device = json.at("device").get<std::string>();
        e.threads = json.at("threads").get<std::int64_t>();
        e.model = json.at("model").get<std::string>();
        const auto word = json.at("work").get<std::string>();
        const auto known = std::find_if(kWords.begin(), kWords.end(), [&](const auto& w) { return word == w.second; });
        e.size = json.at("size").get<std::int64_t>();
        e.flops = json.at("flops").get<double>();
        e.seconds = json.at("seconds").get<double>();
        e.measuredMs = json.at("measuredMs").get<std::int64_t>();
        const bool isSound = known != kWords.end() && e.size > 0 && std::isfinite(e.flops) && e.flops > 0 &&
                             std::isfinite(e.seconds) && e.seconds > 0;
        if (!isSound) {
            return std::nullopt;
        }
        e.work = known->first;
        return e;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

nlohmann::json toJson(const SpeedEntry& e)
{
    return {{"device", e.device},   {"threads", e.threads},
            {"model", e.model},     {"work", kWords.at(static_cast<std::size_t>(e.work)).second},
            {"size", e.size},       {"flops", e.flops},
            {"seconds", e.seconds}, {"measuredMs", e.measuredMs}};
}

bool sameKey(const SpeedEntry& a, const SpeedEntry& b)
{
    return std::tie(a.device, a.threads, a.model, a.work, a.size) == std::tie(b.device, b.threads, b.model, b.work, b.size);
}

} // namespace

SpeedBook SpeedBook::load(const Home& home)
{
    SpeedBook book;
    const auto text = readTextFile(home.speedFile());
    const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    if (!json.is_object() || json.value("version", nlohmann::json()) != kVersion || !json.contains("entries")) {
        return book;
    }
    for (const nlohmann::json& entry : json.at("entries")) {
        if (const auto e = entryFrom(entry)) {
            book.m_entries.push_back(*e);
        }
    }
    return book;
}

Result<void> SpeedBook::add(const Home& home, const std::vector<SpeedEntry>& entries)
{
    SpeedBook book = load(home);
    for (const SpeedEntry& entry : entries) {
        book.merge(entry);
    }
    std::sort(book.m_entries.begin(), book.m_entries.end(),
              [](const SpeedEntry& a, const SpeedEntry& b) { return a.measuredMs > b.measuredMs; });
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < std::min(kMostEntries, book.m_entries.size()); ++i) {
        list.push_back(toJson(book.m_entries[i]));
    }
    return writeFileAtomically(home.speedFile(),
                               nlohmann::json{{"version", kVersion}, {"entries", std::move(list)}}.dump(1) + "\n");
}

void SpeedBook::merge(const SpeedEntry& entry)
{
    const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const SpeedEntry& e) { return sameKey(e, entry); });
    if (known == m_entries.end()) {
        m_entries.push_back(entry);
        return;
    }
    const double room = std::max(0.0, kRememberedSeconds - entry.seconds);
    const double kept = known->seconds > room ? room / known->seconds : 1.0;
    known->flops = known->flops * kept + entry.flops;
    known->seconds = known->seconds * kept + entry.seconds;
    known->measuredMs = std::max(known->measuredMs, entry.measuredMs);
}

const SpeedEntry* SpeedBook::best(const SpeedEntry& wanted) const
{
    const SpeedEntry* found = nullptr;
    const auto rank = [&](const SpeedEntry& e) {
        const double apart =
            std::abs(std::log2(static_cast<double>(e.size) / static_cast<double>(std::max<std::int64_t>(1, wanted.size))));
        return std::tuple(e.model == wanted.model, -std::round(apart / 2), e.seconds); // size before length: powers of four
    };
    for (const SpeedEntry& e : m_entries) {
        const double ratio = static_cast<double>(e.size) / static_cast<double>(std::max<std::int64_t>(1, wanted.size));
        const bool isAlike = e.device == wanted.device && e.threads == wanted.threads && e.work == wanted.work &&
                             ratio <= kAlikeFactor && ratio >= 1 / kAlikeFactor;
        if (isAlike && (found == nullptr || rank(e) > rank(*found))) {
            found = &e;
        }
    }
    return found;
}

MachineSpeed SpeedBook::speedFor(const RunConfig& config, const ModelShape& shape, double tokensPerStep) const
{
    SpeedEntry wanted;
    wanted.model = modelKey(shape, config.weights, config.products);
    // Without asking a driver, Auto is where the newest run worked.
    const auto newest = std::max_element(m_entries.begin(), m_entries.end(),
                                         [](const SpeedEntry& a, const SpeedEntry& b) { return a.measuredMs < b.measuredMs; });
    wanted.device = config.device == Device::Cuda  ? "cuda:0"
                    : config.device == Device::Cpu ? "cpu"
                    : newest != m_entries.end()    ? newest->device
                                                   : "cpu";
    const std::int64_t cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
    wanted.threads = wanted.device == "cpu" ? (config.threads > 0 ? config.threads : cores) : 0;
    MachineSpeed speed;
    wanted.work = WorkKind::Train;
    wanted.size = static_cast<std::int64_t>(tokensPerStep);
    if (const SpeedEntry* e = best(wanted)) {
        speed.trainFlopsPerSecond = e->flops / e->seconds;
        speed.device = e->device;
        speed.measuredMs = e->measuredMs;
        speed.measuredSeconds = e->seconds;
    }
    wanted.size = config.evaluation.batchRows;
    wanted.work = WorkKind::Generate;
    if (const SpeedEntry* e = best(wanted)) {
        speed.generateFlopsPerSecond = e->flops / e->seconds;
    }
    wanted.work = WorkKind::Choose;
    if (const SpeedEntry* e = best(wanted)) {
        speed.choiceFlopsPerSecond = e->flops / e->seconds;
    }
    return speed;
}

} // namespace lori::experiment
