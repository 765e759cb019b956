// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/models_tab.h"

#include "ui/frame/message_bar.h"
#include "ui/icons.h"
#include "ui/models/history_filter.h"
#include "ui/models/model_table_model.h"
#include "ui/pages/models/model_card.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace lori::ui {

ModelsTab::ModelsTab(AppContext& context, ModelLibrary& library, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_library(library),
      m_model(new ModelTableModel(this)),
      m_sorted(new HistoryFilter(this))
{
    setObjectName(QStringLiteral("modelsTab"));
    m_sorted->setSourceModel(m_model);
    build();
    connect(&m_library, &ModelLibrary::changed, this, &ModelsTab::fill);
    connect(&m_library, &ModelLibrary::added, this, &ModelsTab::choose);
    connect(&m_library, &ModelLibrary::refused, this, &ModelsTab::choose);
    connect(&m_library, &ModelLibrary::failed, this,
            [this](const Error& error) { m_context.messages->post(Tone::Alarm, ErrorText::sentence(error)); });
    retranslate();
    fill();
}

void ModelsTab::buildTable()
{
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("modelTable"));
    m_table->setModel(m_sorted);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false); // the card has the whole sentence
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // the built-in one first, until a person sorts
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int em = fontMetrics().averageCharWidth();
    const std::array<int, 8> letters{38, 18, 10, 12, 9, 11, 16, 10};
    for (std::size_t i = 0; i < letters.size(); ++i) {
        m_table->setColumnWidth(static_cast<int>(i), em * letters[i]);
    }
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ModelsTab::takeSelection);
    connect(m_table, &QTableView::activated, this, &ModelsTab::use);
    auto* removeKey = new QAction(m_table);
    removeKey->setShortcut(QKeySequence::Delete);
    removeKey->setShortcutContext(Qt::WidgetShortcut);
    connect(removeKey, &QAction::triggered, this, &ModelsTab::removeChosen);
    m_table->addAction(removeKey);
    setFocusProxy(m_table);
}

void ModelsTab::build()
{
    buildTable();
    m_card = new ModelCard(m_context.home, this);
    m_card->setFixedWidth(fontMetrics().averageCharWidth() * 46);

    const auto button = [this](const char* name, void (ModelsTab::*slot)()) {
        auto* made = new QPushButton(this);
        made->setObjectName(QLatin1String(name));
        connect(made, &QPushButton::clicked, this, slot);
        return made;
    };
    m_add = new QPushButton(this);
    m_add->setObjectName(QStringLiteral("addModel"));
    auto* menu = new QMenu(m_add);
    m_addFolder = menu->addAction(icon(QStringLiteral("folder")), {}, this, &ModelsTab::addFolder);
    m_addFolder->setObjectName(QStringLiteral("addModelFolder"));
    m_addFile = menu->addAction(icon(QStringLiteral("models")), {}, this, &ModelsTab::addFile);
    m_addFile->setObjectName(QStringLiteral("addModelFile"));
    m_add->setMenu(menu);
    m_find = button("findModel", &ModelsTab::findIt);
    m_remove = button("removeModel", &ModelsTab::removeChosen);
    m_folder = button("showModelFolder", &ModelsTab::showFolder);
    m_use = button("useModel", &ModelsTab::use);
    m_use->setIcon(icon(QStringLiteral("experiment")));
    m_use->setDefault(true);
    QFont bold = m_use->font();
    bold.setBold(true);
    m_use->setFont(bold);

    auto* main = new QHBoxLayout;
    main->addWidget(m_table, 1);
    main->addWidget(m_card);
    auto* bottom = new FlowLayout;
    for (QPushButton* one : {m_add, m_find, m_remove, m_folder}) {
        bottom->addWidget(one);
    }
    bottom->addItem(new QSpacerItem(0, 0, QSizePolicy::Expanding));
    bottom->addWidget(m_use);
    auto* column = new QVBoxLayout(this);
    column->addLayout(main, 1);
    column->addLayout(bottom);
}

void ModelsTab::fill()
{
    m_showing = true; // a reset of the table is no choice of the person's
    m_model->setEntries(m_library.entries());
    m_showing = false;
    if (m_library.find(m_chosen) == nullptr) {
        m_chosen = m_library.entries().empty() ? QString() : m_library.entries().front().name;
    }
    showSelection();
    showChosen();
}

void ModelsTab::countUses()
{
    QHash<QString, int> uses;
    database::RunQuery all;
    all.limit = 100'000;
    if (const auto runs = m_context.history->list(all)) { // else the history says on its own page why it cannot be read
        for (const database::RunSummary& run : *runs) {
            ++uses[QString::fromStdString(run.model)];
        }
    }
    m_model->setUses(std::move(uses));
}

void ModelsTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    countUses();
}

void ModelsTab::choose(const QString& model)
{
    for (const ModelEntry& entry : m_library.entries()) {
        if (entry.name == model || entry.path == model.toStdString()) {
            m_chosen = entry.name;
            showSelection();
            showChosen();
            return;
        }
    }
}

void ModelsTab::showSelection()
{
    const int row = m_model->rowOf(m_chosen);
    const QModelIndex shown = row < 0 ? QModelIndex() : m_sorted->mapFromSource(m_model->index(row, 0));
    m_showing = true;
    m_table->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_showing = false;
}

void ModelsTab::takeSelection()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!m_showing && !rows.isEmpty()) {
        m_chosen = rows.front().data(TableRole::Id).toString();
        showChosen();
    }
}

void ModelsTab::showChosen()
{
    const ModelEntry* entry = m_library.find(m_chosen);
    m_card->showModel(entry);
    const bool isReady = entry != nullptr && entry->state == ModelState::Ready;
    const bool isMissing = entry != nullptr && entry->state == ModelState::Missing;
    const bool isOwn = entry != nullptr && !entry->builtIn;
    m_use->setEnabled(isReady);
    m_use->setToolTip(isReady            ? tr("The experiment that is being set up trains this model")
                      : entry != nullptr ? ModelTableModel::stateText(*entry)
                                         : tr("Choose a model first"));
    m_find->setEnabled(isMissing && isOwn);
    m_find->setToolTip(isMissing && isOwn ? tr("Tell where its files are now; runs that use its name go on with them")
                       : isMissing        ? tr("The built-in model is looked for in its own folders")
                                          : tr("Its files are where they were"));
    m_remove->setEnabled(isOwn);
    m_remove->setToolTip(isOwn ? tr("Takes it off this list; its files stay where they are")
                               : tr("The built-in model stays on the list"));
    m_folder->setEnabled(entry != nullptr && !isMissing);
    m_folder->setToolTip(isMissing ? tr("Its files are not there") : QString());
}

void ModelsTab::addFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose a model's folder (with config.json)"));
    if (!folder.isEmpty()) {
        m_library.add(folder.toStdString());
    }
}

void ModelsTab::addFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Choose a GGUF file"), {}, tr("GGUF files (*.gguf);;All files (*)"));
    if (!file.isEmpty()) {
        m_library.add(file.toStdString());
    }
}

void ModelsTab::findIt()
{
    const ModelEntry* entry = m_library.find(m_chosen);
    if (entry == nullptr || entry->state != ModelState::Missing || entry->builtIn) {
        return;
    }
    const QString name = entry->name;
    const bool isFile = entry->path.extension() == ".gguf";
    const QString title = tr("Where is %1 now?").arg(name);
    const QString found = isFile ? QFileDialog::getOpenFileName(this, title, {}, tr("GGUF files (*.gguf);;All files (*)"))
                                 : QFileDialog::getExistingDirectory(this, title);
    if (!found.isEmpty()) {
        m_library.relocate(name, found.toStdString());
    }
}

void ModelsTab::removeChosen()
{
    const ModelEntry* entry = m_library.find(m_chosen);
    if (entry == nullptr || entry->builtIn) {
        return;
    }
    const ModelEntry removed = *entry;
    m_library.remove(removed.name);
    if (!removed.registered) { // one that was refused was only shown
        return;
    }
    std::vector<MessageAction> actions;
    if (removed.state == ModelState::Ready) {
        ModelLibrary* library = &m_library;
        actions.push_back({tr("Undo"), [library, removed] {
                               library->add(removed.path, removed.name);
                           }});
    }
    m_context.messages->post(Tone::Quiet, tr("%1 is off the list. Its files are where they were.").arg(removed.name),
                             std::move(actions));
}

void ModelsTab::use()
{
    if (const ModelEntry* entry = m_library.find(m_chosen); entry != nullptr && entry->state == ModelState::Ready) {
        m_context.pages->go(intents::UseModel{entry->name});
    }
}

void ModelsTab::showFolder()
{
    if (const ModelEntry* entry = m_library.find(m_chosen)) {
        std::error_code ignored; // what is not there is not shown
        const auto folder = std::filesystem::is_directory(entry->path, ignored) ? entry->path : entry->path.parent_path();
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(folder.string())));
    }
}

void ModelsTab::retranslate()
{
    const auto say = [](auto* widget, const QString& text, const QString& name) {
        widget->setText(text);
        widget->setAccessibleName(name);
    };
    say(m_add, tr("&Add model"), tr("Add model"));
    m_add->setToolTip(tr("A folder or a GGUF file that is on this computer; nothing is downloaded or copied"));
    m_addFolder->setText(tr("Fo&lder…"));
    m_addFile->setText(tr("&GGUF file…"));
    say(m_find, tr("F&ind it…"), tr("Find the model's files"));
    say(m_remove, tr("Re&move from list"), tr("Remove from list"));
    say(m_folder, tr("Show f&older"), tr("Show folder"));
    say(m_use, tr("&Use in experiment"), tr("Use in experiment"));
    m_table->setAccessibleName(tr("Models"));
    m_model->retranslate();
    showChosen();
}

void ModelsTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_use != nullptr) {
        retranslate();
    }
}

} // namespace lori::ui
