// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <QPlainTextEdit>
#include <QStringList>

#include <deque>
#include <vector>

class QAction;

namespace lori::ui {

/// The run's events as lines of text: time and a sentence, or, as its menu says, the events as they are stored. Heart-beats are
/// left out.
class RunLog final : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr std::size_t kMostLines = 20'000; ///< older ones scroll out
    explicit RunLog(QWidget* parent = nullptr);
    void append(const std::vector<events::Event>& events);
    void clear();
    /// "12:31:05  step  loss=1.25 …": the event as it is stored.
    [[nodiscard]] static QString line(const events::Event& event);
    [[nodiscard]] bool isRaw() const;
    /// The newest sentences, oldest first, also while the stored events are shown.
    [[nodiscard]] QStringList newest(std::size_t most) const;

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        QString raw;
        QString sentence;
    };
    void showLines();
    void retranslate();

    std::deque<Line> m_lines; ///< the newest kMostLines
    QAction* m_raw = nullptr; ///< shown as they are stored
};

} // namespace lori::ui
