// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QToolButton;

namespace lori::ui {

struct AppContext;

/// How the history's table is filtered, sorted and arranged, kept under names and chosen again.
class HistoryViews final : public QWidget {
    Q_OBJECT

public:
    /// What the table shows now, and how it is brought to show that again.
    struct Table {
        std::function<QByteArray()> state;
        std::function<void(const QByteArray&)> apply;
    };
    HistoryViews(AppContext& context, Table table, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill(const QString& choose);
    void enable();
    void keep();
    void save(const QString& name, const QByteArray& state);
    void remove();
    [[nodiscard]] QString chosen() const; ///< "" for none

    AppContext& m_context;
    Table m_table;
    QLabel* m_label = nullptr;
    QComboBox* m_choice = nullptr;
    QToolButton* m_keep = nullptr;
    QToolButton* m_delete = nullptr;
};

} // namespace lori::ui
