// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/support/result.h"
#include "core/tasks/comparison.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lori::ui {

/// A score whose judged answers lie in the run's folder.
struct AnsweredScore {
    std::string task;
    std::string metric;
    bool higherIsBetter = true;
    bool isFinal = true;     ///< before training or at the end of a stage, not a check on the way
    std::int64_t stage = -1; ///< −1 = before training
    std::int64_t step = 0;   ///< of the stage
    std::string items;       ///< relative to the run's folder
    bool operator==(const AnsweredScore&) const = default;
};

/// The scores with answers that a run's events tell of, in the order of training. One that is measured again after a resume takes
/// the place of the older one.
class AnsweredScores final {
public:
    /// True when there is something new.
    bool append(const std::vector<events::Event>& events);
    void clear() { m_scores.clear(); }
    [[nodiscard]] const std::vector<AnsweredScore>& all() const { return m_scores; }
    /// Those of one task and metric.
    [[nodiscard]] std::vector<AnsweredScore> of(const std::string& task, const std::string& metric) const;
    /// (task, metric), each once, in the order in which they were first measured.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> names() const;

private:
    std::vector<AnsweredScore> m_scores;
};

/// The judged rows of a score; `runFolder` is where its path begins. A hit is what the metric counts, wanted or not.
/// Errors: NotFound when the file is gone or its path leads out of the folder, BadFile, Io. Cost: reads the file; call it in
/// another thread.
[[nodiscard]] Result<std::vector<tasks::ScoredItem>> readAnswers(const std::filesystem::path& runFolder,
                                                                 const AnsweredScore& score);

/// One question, and what was answered at each of some scores.
struct Sample {
    struct Answer {
        std::string text;
        bool good = false;  ///< a hit, or none where lower is better
        bool there = false; ///< this score has the question
        bool operator==(const Answer&) const = default;
    };
    std::string id;
    std::string prompt;
    std::string expected;
    std::vector<Answer> answers; ///< as many as there are scores
    bool operator==(const Sample&) const = default;
};

/// The questions that most of the scores have, at most `most`, in the order of their file; a score whose file is gone has no
/// answers. Cost: reads a file for each score and keeps only what it gives back; call it in another thread.
[[nodiscard]] std::vector<Sample> readSamples(const std::filesystem::path& runFolder, const std::vector<AnsweredScore>& scores,
                                              std::size_t most, const std::shared_ptr<const std::atomic_bool>& cancelled);

/// The questions that two scores of the same task and metric judge differently. Right is a hit, or none where lower is better.
struct Flips {
    std::vector<tasks::Flip> becameWrong;
    std::vector<tasks::Flip> becameRight;
    std::int64_t common = 0; ///< questions that both have
};
/// Errors: those of readAnswers() and tasks::compareItems(). Cost: reads two files; call it in another thread.
[[nodiscard]] Result<Flips> readFlips(const std::filesystem::path& runFolder, const AnsweredScore& before,
                                      const AnsweredScore& after);

} // namespace lori::ui
