// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "ui/services/background_job.h"
#include "ui/services/stored_answers.h"

#include <QWidget>

#include <array>
#include <filesystem>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QSplitter;
class QTableView;

namespace lori::ui {

class SampleModel;

/// What a run answered to the same few questions at each of its checks, from the answers that its scores keep. Nothing is read
/// while it is hidden.
class RunSamples final : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t kMostQuestions = 12;
    static constexpr std::size_t kMostChecks = 40; ///< the newest, and the one before training

    explicit RunSamples(QWidget* parent = nullptr);

    /// Another run, in whose folder the answers lie; nothing of the one before stays.
    void begin(const std::filesystem::path& folder, const experiment::RunConfig& config);
    void append(const std::vector<events::Event>& events);
    [[nodiscard]] bool isReading() const { return m_job.isRunning(); }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void refresh();
    void fillScores();
    void read();
    void showCell();
    /// "LoRI-D, step 40"
    [[nodiscard]] QString titleOf(const AnsweredScore& score) const;
    [[nodiscard]] QString noteText(std::size_t left) const;

    std::filesystem::path m_folder;
    experiment::RunConfig m_config;
    AnsweredScores m_answers;
    std::vector<AnsweredScore> m_shown; ///< what the table was read from
    bool m_dirty = true;
    BackgroundJob m_job;
    SampleModel* m_model = nullptr;
    QLabel* m_scoreLabel = nullptr;
    QComboBox* m_score = nullptr;
    QLabel* m_note = nullptr;
    QSplitter* m_splitter = nullptr;
    QTableView* m_table = nullptr;
    std::array<QLabel*, 3> m_titles{}; ///< question, answer before, answer
    std::array<QPlainTextEdit*, 3> m_texts{};
};

} // namespace lori::ui
