// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

class QMenu;
class QToolButton;

namespace lori::ui {

/// The runs that are compared, as chips: colour, name, a menu for each, and a cross that takes it away.
class RunTray final : public QWidget {
    Q_OBJECT

public:
    struct Chip {
        QString runId;
        QString title;
        bool isBaseline = false;
    };
    /// (run id, title) of runs that can be added, newest first.
    using Choices = std::function<std::vector<std::pair<QString, QString>>()>;

    RunTray(Choices choices, QWidget* parent);
    void setChips(std::vector<Chip> chips);

Q_SIGNALS:
    void addAsked(const QString& runId);
    void historyAsked();
    void removeAsked(const QString& runId);
    void baselineAsked(const QString& runId);
    void settingsAsked(const QString& runId);
    void openAsked(const QString& runId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void makeChip(const Chip& chip, std::size_t place);
    void fillAddMenu();

    Choices m_choices;
    std::vector<Chip> m_chips;
    QMenu* m_addMenu = nullptr;
    QToolButton* m_add = nullptr;
};

} // namespace lori::ui
