// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette.h"

#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/help_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/icons.h"
#include "ui/main_actions.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/text.h"

#include <QAction>
#include <QCoreApplication>

namespace lori::ui {
namespace {

constexpr std::int64_t kRuns = 500; ///< newest; older ones are found on the History page

QString say(const char* text)
{
    return QCoreApplication::translate("Palette", text);
}

void addActions(std::vector<PaletteEntry>& entries, const MainActions& actions)
{
    for (QAction* action : actions.all()) {
        if (action->isEnabled()) {
            entries.push_back({Text::withoutMnemonic(action->text()), say(QT_TRANSLATE_NOOP("Palette", "Action")), action->icon(),
                               action->shortcut().toString(QKeySequence::NativeText), [action] {
                                   action->trigger();
                               }});
        }
    }
}

void addAdapters(std::vector<PaletteEntry>& entries, const AppContext& context)
{
    for (const KnownAdapter& adapter : context.adapters->adapters()) {
        entries.push_back({adapter.name,
                           say(QT_TRANSLATE_NOOP("Palette", "Adapter")),
                           icon(QStringLiteral("models")),
                           {},
                           [pages = context.pages, folder = adapter.folder] {
                               pages->go(intents::ShowAdapter{folder});
                           }});
    }
}

void addRuns(std::vector<PaletteEntry>& entries, const AppContext& context)
{
    database::RunQuery query;
    query.limit = kRuns;
    const auto runs = context.history->list(query);
    if (!runs) {
        return; // the history says on its own page why it cannot be read
    }
    for (const database::RunSummary& run : *runs) {
        entries.push_back({QStringLiteral("%1 · %2").arg(QString::fromStdString(run.name), Text::when(run.createdMs)),
                           say(QT_TRANSLATE_NOOP("Palette", "Run")),
                           icon(Text::stateIcon(run.state)),
                           {},
                           [pages = context.pages, id = QString::fromStdString(run.id)] {
                               pages->go(intents::OpenRun{id});
                           }});
    }
}

void addSettings(std::vector<PaletteEntry>& entries, const PaletteDoors& doors)
{
    for (const QString& name : SettingsDialog::names()) {
        entries.push_back({name,
                           say(QT_TRANSLATE_NOOP("Palette", "Setting")),
                           icon(QStringLiteral("search")),
                           {},
                           [open = doors.settings, name] {
                               open(name);
                           }});
    }
}

void addHelp(std::vector<PaletteEntry>& entries, const PaletteDoors& doors)
{
    for (const HelpTopic& topic : HelpDialog::topics()) {
        entries.push_back({topic.title,
                           say(QT_TRANSLATE_NOOP("Palette", "Help")),
                           icon(QStringLiteral("info")),
                           {},
                           [open = doors.help, file = topic.file] {
                               open(file);
                           }});
    }
}

} // namespace

void openPalette(const MainActions& actions, AppContext& context, const PaletteDoors& doors, QWidget* parent)
{
    std::vector<PaletteEntry> entries;
    addActions(entries, actions);
    addAdapters(entries, context);
    addRuns(entries, context);
    addSettings(entries, doors);
    addHelp(entries, doors);
    auto* dialog = new CommandPalette(std::move(entries), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace lori::ui
