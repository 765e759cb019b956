// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/command_palette.h"
#include "ui/widgets/fitting.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr std::size_t kShown = 60;

/// 0 fits best, 3 does not fit.
int rankOf(const PaletteEntry& entry, const QStringList& words)
{
    const QString title = entry.title.toCaseFolded();
    const QString all = title + QLatin1Char(' ') + entry.kind.toCaseFolded();
    if (!std::all_of(words.begin(), words.end(), [&](const QString& word) { return all.contains(word); })) {
        return 3;
    }
    if (words.isEmpty() || title.startsWith(words.join(QLatin1Char(' ')))) {
        return 0;
    }
    return title.contains(QLatin1Char(' ') + words.front()) ? 1 : 2;
}

} // namespace

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent)
    : QDialog(parent), m_entries(std::move(entries))
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Find an action, a run or an adapter"));
    m_line = new QLineEdit(this);
    m_line->setObjectName(QStringLiteral("paletteLine"));
    m_line->setAccessibleName(windowTitle());
    m_line->setPlaceholderText(windowTitle());
    m_line->installEventFilter(this);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_line);
    column->addWidget(m_list);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_line, &QLineEdit::returnPressed, this, &CommandPalette::runChosen);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::runChosen);
    resizeWithinParent(*this, {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 24});
    search({});
}

std::vector<std::size_t> CommandPalette::matches(const std::vector<PaletteEntry>& entries, const QString& typed,
                                                 std::size_t limit)
{
    const QStringList words = typed.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<int, std::size_t>> ranked;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (const int rank = rankOf(entries[i], words); rank < 3) {
            ranked.emplace_back(rank, i);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), limit));
    std::vector<std::size_t> places;
    places.reserve(ranked.size());
    for (const auto& [rank, place] : ranked) {
        places.push_back(place);
    }
    return places;
}

void CommandPalette::search(const QString& typed)
{
    m_list->clear();
    for (const std::size_t place : matches(m_entries, typed, kShown)) {
        const PaletteEntry& entry = m_entries[place];
        const QString words = entry.keys.isEmpty() ? tr("%1  –  %2").arg(entry.title, entry.kind)
                                                   : tr("%1  –  %2  (%3)").arg(entry.title, entry.kind, entry.keys);
        auto* item = new QListWidgetItem(entry.icon, words, m_list);
        item->setData(Qt::UserRole, static_cast<qulonglong>(place));
    }
    if (m_list->count() == 0) {
        auto* none = new QListWidgetItem(tr("Nothing is called that."), m_list);
        none->setFlags(Qt::NoItemFlags);
        return;
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runChosen()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (item == nullptr || !item->flags().testFlag(Qt::ItemIsEnabled)) {
        return;
    }
    const std::function<void()> run = m_entries[item->data(Qt::UserRole).toULongLong()].run;
    accept(); // first: what is done may open a dialog of its own
    run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_list, event); // the text keeps the focus
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace lori::ui
