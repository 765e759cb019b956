// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/seen_row.h"

#include "ui/services/error_text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QTextBrowser>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kLines = 9;

/// The text of a part, its special tokens in a format of their own; returns how many there are.
std::size_t writePart(QTextCursor& cursor, const tasks::SeenPart& part, const QTextCharFormat& format, const QPalette& palette)
{
    QTextCharFormat special = format;
    special.setFontItalic(true);
    special.setUnderlineStyle(QTextCharFormat::DotLine);
    if (!part.isCut) {
        special.setForeground(toneColour(Tone::Accent, palette));
    }
    std::size_t from = 0;
    for (const auto& [begin, end] : part.specials) {
        cursor.insertText(QString::fromStdString(part.text.substr(from, begin - from)), format);
        cursor.insertText(QString::fromStdString(part.text.substr(begin, end - begin)), special);
        from = end;
    }
    cursor.insertText(QString::fromStdString(part.text.substr(from)), format);
    return part.specials.size();
}

int shownCount(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, 1'000'000'000));
}

} // namespace

SeenRowView::SeenRowView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("seenRow"));
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("seenTitle"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_earlier = new QToolButton(this);
    m_earlier->setObjectName(QStringLiteral("seenEarlier"));
    m_earlier->setArrowType(Qt::LeftArrow);
    m_later = new QToolButton(this);
    m_later->setObjectName(QStringLiteral("seenLater"));
    m_later->setArrowType(Qt::RightArrow);
    for (QToolButton* button : {m_earlier, m_later}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    m_text = new QTextBrowser(this);
    m_text->setObjectName(QStringLiteral("seenText"));
    m_text->setOpenLinks(false);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * kLines + 2 * m_text->frameWidth());
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("seenNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    connect(m_earlier, &QToolButton::clicked, this, [this] {
        goTo(m_row - (m_row > 0 ? 1 : 0));
        Q_EMIT moved(m_row);
    });
    connect(m_later, &QToolButton::clicked, this, [this] {
        goTo(m_row + (m_row + 1 < total() ? 1 : 0));
        Q_EMIT moved(m_row);
    });

    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addWidget(m_earlier);
    head->addWidget(m_later);
    head->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(m_text);
    column->addWidget(m_note);
    retranslate();
    hide();
}

void SeenRowView::show(const SeenRows::View* view)
{
    setVisible(view != nullptr);
    if (view == nullptr) {
        return;
    }
    m_view = *view;
    if (m_total == 0) {
        m_row = std::min(m_row, m_view.rows.empty() ? 0 : m_view.rows.size() - 1);
    }
    showRow();
}

void SeenRowView::setStretch(std::size_t first, std::size_t total)
{
    m_first = first;
    m_total = total;
}

void SeenRowView::goTo(std::size_t row)
{
    m_row = row;
    showRow();
}

void SeenRowView::setExpanding()
{
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 3);
    m_text->setMaximumHeight(QWIDGETSIZE_MAX);
}

void SeenRowView::showRow()
{
    const bool hasRows = m_row >= m_first && m_row - m_first < m_view.rows.size();
    const SeenOrNot* row = hasRows ? &m_view.rows[m_row - m_first] : nullptr;
    m_title->setText(hasRows ? tr("Row %1 as the model sees it").arg(m_row + 1) : tr("As the model sees it"));
    m_earlier->setEnabled(m_row > 0);
    m_later->setEnabled(m_row + 1 < total());
    const Error* error = m_view.error ? &*m_view.error : row != nullptr && row->error ? &*row->error : nullptr;
    m_text->setVisible(error == nullptr && hasRows);
    QPalette colours = palette();
    if (error != nullptr) {
        colours.setColor(QPalette::WindowText, toneColour(Tone::Alarm, palette()));
        m_note->setText(ErrorText::sentence(*error));
    } else if (!hasRows) {
        m_note->setText(m_view.reading ? tr("Reading the model’s template …") : QString());
    } else {
        writeParts(*row->row);
    }
    m_note->setPalette(colours);
}

void SeenRowView::writeParts(const tasks::SeenRow& row)
{
    m_text->clear();
    QTextCursor cursor(m_text->document());
    QTextCharFormat context;
    QTextCharFormat learned;
    learned.setBackground(toneFill(Tone::Good, palette()));
    learned.setFontWeight(QFont::Bold);
    QTextCharFormat gone;
    gone.setForeground(toneColour(Tone::Quiet, palette()));
    gone.setFontStrikeOut(true);
    std::int64_t tokens = 0;
    std::int64_t learnedTokens = 0;
    std::int64_t cutTokens = 0;
    std::size_t specials = 0;
    for (const tasks::SeenPart& part : row.parts) {
        specials += writePart(cursor, part, part.isCut ? gone : part.isLearned ? learned : context, palette());
        (part.isCut ? cutTokens : tokens) += part.tokens;
        learnedTokens += part.isLearned ? part.tokens : 0;
    }
    m_text->moveCursor(QTextCursor::Start);
    QStringList notes{tr("%n token(s); the bold ones, %1, are learned.", nullptr, shownCount(tokens)).arg(learnedTokens)};
    if (specials > 0) {
        notes.append(
            tr("%n special token(s) of the model are underlined.", nullptr, shownCount(static_cast<std::int64_t>(specials))));
    }
    if (row.cut.prompt) {
        notes.append(tr("The prompt is cut: the row is longer than the limit."));
    }
    if (row.cut.answer) {
        notes.append(tr("The answer is cut: the row is longer than the limit."));
    }
    if (cutTokens > 0) {
        notes.append(tr("%n token(s) are struck out: the model never sees them.", nullptr, shownCount(cutTokens)));
    }
    if (row.rewritten > 0) {
        notes.append(
            tr("The template changes %n earlier answer(s), so they are not learned.", nullptr, shownCount(row.rewritten)));
    }
    m_note->setText(notes.join(QLatin1Char(' ')));
}

void SeenRowView::retranslate()
{
    m_earlier->setToolTip(tr("Row before"));
    m_earlier->setAccessibleName(m_earlier->toolTip());
    m_later->setToolTip(tr("Next row"));
    m_later->setAccessibleName(m_later->toolTip());
    m_text->setAccessibleName(tr("Row as the model sees it"));
    setAccessibleName(m_text->accessibleName());
    showRow();
}

void SeenRowView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_note != nullptr) {
        showRow();
    }
}

} // namespace lori::ui
