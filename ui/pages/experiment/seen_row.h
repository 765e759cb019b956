// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/seen_rows.h"

#include <QWidget>

class QLabel;
class QTextBrowser;
class QToolButton;

namespace lori::ui {

/// One row of the data as the model sees it: the rendered text with its special tokens, what is learned marked by colour, and one
/// line of words for those who see no colours. Two buttons go through the first rows.
class SeenRowView final : public QWidget {
    Q_OBJECT

public:
    explicit SeenRowView(QWidget* parent = nullptr);
    /// nullptr hides it.
    void show(const SeenRows::View* view);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showRow();
    void writeParts(const tasks::SeenRow& row);
    void retranslate();

    SeenRows::View m_view;
    std::size_t m_row = 0;
    QLabel* m_title = nullptr;
    QToolButton* m_earlier = nullptr;
    QToolButton* m_later = nullptr;
    QTextBrowser* m_text = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace lori::ui
