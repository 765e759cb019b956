// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/seen_rows.h"

#include <QWidget>

#include <algorithm>

class QLabel;
class QTextBrowser;
class QToolButton;

namespace lori::ui {

/// One row of the data as the model sees it: the rendered text with its special tokens, what is learned marked by colour, its
/// special tokens underlined, what is cut in grey and struck out, and one line of words for those who see no colours. Two buttons
/// go through the rows.
class SeenRowView final : public QWidget {
    Q_OBJECT

public:
    explicit SeenRowView(QWidget* parent = nullptr);
    /// nullptr hides it.
    void show(const SeenRows::View* view);
    /// The view holds only the rows from `first` (from 0) of `total` on. The buttons then go beyond it: moved() asks for the
    /// rest.
    void setStretch(std::size_t first, std::size_t total);
    /// Shows this row, counted from 0 over all of them.
    void goTo(std::size_t row);
    /// Takes the height that there is, instead of a few lines.
    void setExpanding();

Q_SIGNALS:
    /// A person went to this row, counted from 0 over all of them.
    void moved(std::size_t row);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showRow();
    void writeParts(const tasks::SeenRow& row);
    void retranslate();

    [[nodiscard]] std::size_t total() const { return std::max(m_total, m_first + m_view.rows.size()); }

    SeenRows::View m_view;
    std::size_t m_first = 0; ///< of the rows in m_view
    std::size_t m_total = 0; ///< 0: those in m_view are all
    std::size_t m_row = 0;   ///< over all
    QLabel* m_title = nullptr;
    QToolButton* m_earlier = nullptr;
    QToolButton* m_later = nullptr;
    QTextBrowser* m_text = nullptr;
    QLabel* m_note = nullptr;
};

} // namespace lori::ui
