// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_table.h"

#include "ui/pages/compare/compare_page.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/home/home_page.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/pages/merge/merge_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/pages/studies/studies_page.h"
#include "ui/pages/try/try_page.h"

#include <QCoreApplication>

#include <algorithm>

namespace lori::ui {

namespace {

template <typename Made>
Page* make(AppContext& context, QWidget* parent)
{
    return new Made(context, parent);
}

/// The icon has the page's id for its name.
PageRow row(const char* id, const char* title, Page* (*made)(AppContext&, QWidget*), const QKeySequence& key = {})
{
    return {QLatin1String(id), title, QLatin1String(id), key, made};
}

std::vector<PageRow> makeTable()
{
    std::vector<PageRow> rows{
        row("home", QT_TRANSLATE_NOOP("Pages", "Home"), make<HomePage>),
        row("models", QT_TRANSLATE_NOOP("Pages", "Models"), make<ModelsPage>),
        row("data", QT_TRANSLATE_NOOP("Pages", "Data"), make<DataPage>),
        row("experiment", QT_TRANSLATE_NOOP("Pages", "Experiment"), make<ExperimentPage>),
        row("runs", QT_TRANSLATE_NOOP("Pages", "Runs"), make<RunsPage>),
        row("masks", QT_TRANSLATE_NOOP("Pages", "Masks"), make<MasksPage>),
        row("merge", QT_TRANSLATE_NOOP("Pages", "Merge"), make<MergePage>),
        row("sequence", QT_TRANSLATE_NOOP("Pages", "Sequence"), make<SequencePage>),
        row("history", QT_TRANSLATE_NOOP("Pages", "History"), make<HistoryPage>),
        row("compare", QT_TRANSLATE_NOOP("Pages", "Compare"), make<ComparePage>),
        row("try", QT_TRANSLATE_NOOP("Pages", "Try it"), make<TryPage>, Qt::CTRL | Qt::Key_T),
        row("studies", QT_TRANSLATE_NOOP("Pages", "Studies"), make<StudiesPage>),
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
