// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/adapters_tab.h"

#include "core/formats/gguf_adapter.h"
#include "ui/frame/adapter_picker.h"
#include "ui/frame/message_bar.h"
#include "ui/icons.h"
#include "ui/models/table_model.h"
#include "ui/pages/models/adapter_card.h"
#include "ui/pages/models/fact_list.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace lori::ui {

namespace fs = std::filesystem;

Result<KnownAdapter> openAdapterFolder(const fs::path& folder)
{
    return guard([&] {
        if (formats::isGgufFile(folder)) { // heads may be unknown until its base is: the headers must do
            return describeAdapter(folder).value();
        }
        const formats::AdapterFiles files = formats::openAnyAdapter(folder).value();
        return describeAdapter(files.folder).value();
    });
}

AdaptersTab::AdaptersTab(AppContext& context, const ModelLibrary& library, QWidget* parent) : QWidget(parent), m_context(context)
{
    setObjectName(QStringLiteral("adaptersTab"));
    m_picker = new AdapterPicker(*context.adapters, AdapterPicker::Choice::One, this);
    m_card = new AdapterCard(context, library, this);
    build();
    connect(m_picker, &AdapterPicker::changed, this, &AdaptersTab::showChosen);
    connect(m_picker, &AdapterPicker::opened, this, &AdaptersTab::tryIt);
    connect(m_card, &AdapterCard::adapterOpened, this, [this](const QString& folder) { choose(folder.toStdString()); });
    connect(m_card, &AdapterCard::modelOpened, this, &AdaptersTab::modelOpened);
    connect(context.adapters, &AdapterCatalog::changed, this, &AdaptersTab::takeCatalog); // after the picker's own
    retranslate();
    takeCatalog();
}

void AdaptersTab::build()
{
    m_card->setFixedWidth(fontMetrics().averageCharWidth() * 50);
    auto* whole = new QWidget(this);
    auto* main = new QHBoxLayout(whole);
    main->setContentsMargins(0, 0, 0, 0);
    main->addWidget(m_picker, 1);
    main->addWidget(m_card);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(whole);
    m_stack->addWidget(makeEmpty());
    m_open = new QPushButton(this);
    m_open->setObjectName(QStringLiteral("openAdapter"));
    m_open->setIcon(icon(QStringLiteral("folder")));
    auto* menu = new QMenu(m_open);
    m_openFolder = menu->addAction(QString(), this, &AdaptersTab::chooseFolder);
    m_openFolder->setObjectName(QStringLiteral("openAdapterFolder"));
    m_openFile = menu->addAction(QString(), this, &AdaptersTab::chooseFile);
    m_openFile->setObjectName(QStringLiteral("openAdapterFile"));
    m_open->setMenu(menu);
    m_try = new QPushButton(this);
    m_try->setObjectName(QStringLiteral("tryAdapter"));
    m_try->setIcon(icon(QStringLiteral("try")));
    m_try->setDefault(true);
    QFont bold = m_try->font();
    bold.setBold(true);
    m_try->setFont(bold);
    connect(m_try, &QPushButton::clicked, this, &AdaptersTab::tryIt);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_open);
    bottom->addStretch(1);
    bottom->addWidget(m_try);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_stack, 1);
    column->addLayout(bottom);
    setFocusProxy(m_picker);
}

QWidget* AdaptersTab::makeEmpty()
{
    auto* empty = new QWidget(this);
    empty->setObjectName(QStringLiteral("noAdapters"));
    m_emptyText = headingLabel(empty, 1.2);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_newExperiment = new QPushButton(empty);
    m_newExperiment->setObjectName(QStringLiteral("adaptersNewExperiment"));
    m_newExperiment->setIcon(icon(QStringLiteral("experiment")));
    connect(m_newExperiment, &QPushButton::clicked, this, [this] { m_context.pages->go(intents::NewExperiment{}); });
    auto* column = new QVBoxLayout(empty);
    column->addStretch(1);
    column->addWidget(m_emptyText);
    column->addWidget(m_newExperiment, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return empty;
}

fs::path AdaptersTab::chosen() const
{
    const auto all = m_picker->chosen();
    return all.empty() ? fs::path() : all.front();
}

bool AdaptersTab::isBusy() const
{
    return !m_context.adapters->isRead() || m_opening.isRunning();
}

void AdaptersTab::choose(const fs::path& folder)
{
    if (folder.empty()) {
        return;
    }
    m_wanted = folder;
    if (m_context.adapters->isRead()) { // else takeCatalog() will
        takeCatalog();
        if (!m_wanted.empty()) {
            openFolder(folder);
        }
    }
}

void AdaptersTab::takeCatalog()
{
    const auto& known = m_context.adapters->adapters();
    m_stack->setCurrentIndex(m_context.adapters->isRead() && known.empty() ? 1 : 0);
    if (!m_wanted.empty() && m_context.adapters->find(m_wanted) != nullptr) {
        const fs::path folder = std::exchange(m_wanted, fs::path());
        m_picker->choose({folder}); // which comes back by changed()
        return;
    }
    if (chosen().empty() && !known.empty()) { // the newest: an empty card would only ask for this click
        m_picker->choose({known.front().folder});
        return;
    }
    showChosen();
}

void AdaptersTab::showChosen()
{
    const KnownAdapter* adapter = chosen().empty() ? nullptr : m_context.adapters->find(chosen());
    m_card->showAdapter(adapter);
    m_try->setEnabled(adapter != nullptr);
    m_try->setToolTip(adapter != nullptr ? tr("Puts it beside its base model, ready for a question")
                                         : tr("Choose an adapter first"));
}

void AdaptersTab::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Choose an adapter's folder (with adapter_config.json)"));
    if (!folder.isEmpty()) {
        openFolder(folder.toStdString());
    }
}

void AdaptersTab::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose an adapter's GGUF file"), {},
                                                      tr("Adapters of llama.cpp (*.gguf);;All files (*)"));
    if (!file.isEmpty()) {
        openFolder(file.toStdString());
    }
}

void AdaptersTab::openFolder(const fs::path& folder)
{
    const fs::path clean = fs::absolute(folder).lexically_normal();
    m_open->setEnabled(false);
    m_open->setToolTip(tr("The adapter is being read"));
    m_opening.start([clean](const BackgroundJob::Cancelled&) { return openAdapterFolder(clean); },
                    [this, clean](const Result<KnownAdapter>& adapter) {
                        m_open->setEnabled(true);
                        retranslate();
                        m_wanted.clear();
                        if (!adapter) {
                            m_context.messages->post(Tone::Alarm, tr("%1 cannot be used: %2")
                                                                      .arg(QString::fromStdString(clean.filename().string()),
                                                                           ErrorText::sentence(adapter.error())));
                            return;
                        }
                        m_wanted = adapter->folder;
                        if (m_context.adapters->find(m_wanted) != nullptr) {
                            takeCatalog();
                        } else {
                            m_context.adapters->include(m_wanted);
                        }
                    });
}

void AdaptersTab::tryIt()
{
    if (const KnownAdapter* adapter = chosen().empty() ? nullptr : m_context.adapters->find(chosen())) {
        m_context.pages->go(intents::TryAdapters{{adapter->folder}, adapter->runId});
    }
}

void AdaptersTab::retranslate()
{
    m_picker->setEmptyText(tr("Adapters come from finished runs."));
    m_emptyText->setText(tr("Adapters come from finished runs."));
    m_newExperiment->setText(tr("&New experiment"));
    m_newExperiment->setAccessibleName(tr("New experiment"));
    m_open->setText(tr("Open a&dapter"));
    m_open->setAccessibleName(tr("Open an adapter"));
    m_open->setToolTip(tr("An adapter of PEFT, of llama.cpp or of this program from elsewhere; the list keeps it"));
    m_openFolder->setText(tr("&Folder (PEFT)…"));
    m_openFile->setText(tr("&GGUF file (llama.cpp)…"));
    m_try->setText(tr("Try &it"));
    m_try->setAccessibleName(tr("Try it"));
    showChosen();
}

void AdaptersTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_try != nullptr) {
        retranslate();
    }
}

} // namespace lori::ui
