// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_table.h"

#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/home/home_page.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/pages/runs/runs_page.h"

#include <QCoreApplication>

#include <algorithm>

namespace lori::ui {

namespace {

template <typename Made>
Page* make(AppContext& context, QWidget* parent)
{
    return new Made(context, parent);
}

std::vector<PageRow> makeTable()
{
    std::vector<PageRow> rows{
        {QStringLiteral("home"), QT_TRANSLATE_NOOP("Pages", "Home"), QStringLiteral("home"), {}, make<HomePage>},
        {QStringLiteral("experiment"),
         QT_TRANSLATE_NOOP("Pages", "Experiment"),
         QStringLiteral("experiment"),
         {},
         make<ExperimentPage>},
        {QStringLiteral("runs"), QT_TRANSLATE_NOOP("Pages", "Runs"), QStringLiteral("runs"), {}, make<RunsPage>},
        {QStringLiteral("masks"), QT_TRANSLATE_NOOP("Pages", "Masks"), QStringLiteral("masks"), {}, make<MasksPage>},
        {QStringLiteral("history"), QT_TRANSLATE_NOOP("Pages", "History"), QStringLiteral("history"), {}, make<HistoryPage>},
    };
    int place = 0;
    for (PageRow& row : rows) { // by place, unless the row has a key of its own
        row.shortcut = row.shortcut.isEmpty() ? pageShortcut(place) : row.shortcut;
        ++place;
    }
    return rows;
}

} // namespace

const std::vector<PageRow>& pageTable()
{
    static const std::vector<PageRow> table = makeTable();
    return table;
}

const PageRow* findPage(const QString& id)
{
    const auto& table = pageTable();
    const auto found = std::find_if(table.begin(), table.end(), [&](const PageRow& row) { return row.id == id; });
    return found == table.end() ? nullptr : &*found;
}

QString pageTitle(const PageRow& row)
{
    return QCoreApplication::translate("Pages", row.title);
}

QKeySequence pageShortcut(int place)
{
    if (place < 0 || place > 18) {
        return {};
    }
    if (place == 9) {
        return QKeySequence(Qt::CTRL | Qt::Key_0);
    }
    const auto digit = [](int number) {
        return static_cast<Qt::Key>(Qt::Key_0 + number);
    };
    return place < 9 ? QKeySequence(Qt::CTRL | digit(place + 1)) : QKeySequence(Qt::ALT | digit(place - 9));
}

} // namespace lori::ui
