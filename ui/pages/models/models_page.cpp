// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/models_page.h"

#include "core/formats/gguf_adapter.h"
#include "ui/icons.h"
#include "ui/pages/models/adapters_tab.h"
#include "ui/pages/models/models_tab.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/model_library.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLocale>
#include <QMimeData>
#include <QTabWidget>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

enum Tab { Models, Adapters };

} // namespace

ModelsPage::ModelsPage(AppContext& context, QWidget* parent)
    : Page(parent), m_context(context), m_library(new ModelLibrary(context.home, this))
{
    setObjectName(QStringLiteral("modelsPage"));
    setAcceptDrops(true);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("modelTabs"));
    m_models = new ModelsTab(context, *m_library, m_tabs);
    m_adapters = new AdaptersTab(context, *m_library, m_tabs);
    m_tabs->addTab(m_models, icon(QStringLiteral("models")), {});
    m_tabs->addTab(m_adapters, icon(QStringLiteral("merge")), {});
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_tabs);
    connect(m_library, &ModelLibrary::changed, this, &ModelsPage::retranslate);
    connect(context.adapters, &AdapterCatalog::changed, this, &ModelsPage::retranslate);
    connect(m_adapters, &AdaptersTab::modelOpened, this, [this](const QString& model) {
        showModels();
        m_models->choose(model);
    });
    retranslate();
    m_library->refresh();
}

void ModelsPage::showModels()
{
    m_tabs->setCurrentIndex(Models);
}

void ModelsPage::showAdapters()
{
    m_tabs->setCurrentIndex(Adapters);
}

void ModelsPage::openFile(const QString& path)
{
    std::error_code ignored; // what cannot be looked at is said when it is opened
    const std::filesystem::path file = path.toStdString();
    if (std::filesystem::exists(file / "adapter_config.json", ignored) || formats::isGgufAdapter(file)) {
        showAdapters();
        m_adapters->openFolder(path.toStdString());
    } else {
        showModels();
        m_library->add(path.toStdString());
    }
}

void ModelsPage::take(const Intent& intent)
{
    if (const auto* asked = std::get_if<intents::ShowAdapter>(&intent)) {
        showAdapters();
        m_adapters->choose(asked->adapter);
    }
}

std::vector<PageView> ModelsPage::views(const QString& /*runId*/)
{
    return {{QString(),
             [this] {
                 showModels();
             }},
            {QStringLiteral("adapters"), [this] {
                 showAdapters();
             }}};
}

bool ModelsPage::isBusy() const
{
    return m_library->isBusy() || m_adapters->isBusy();
}

void ModelsPage::retranslate()
{
    const QLocale locale;
    m_tabs->setAccessibleName(tr("Models and adapters"));
    m_tabs->setTabText(Models, tr("Models (%1)").arg(locale.toString(static_cast<qlonglong>(m_library->entries().size()))));
    m_tabs->setTabText(Adapters,
                       tr("Adapters (%1)").arg(locale.toString(static_cast<qlonglong>(m_context.adapters->adapters().size()))));
}

void ModelsPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_adapters != nullptr) {
        retranslate();
    }
}

void ModelsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_library->refresh(); // `lori model add` may have been used, and files come and go
}

void ModelsPage::dragEnterEvent(QDragEnterEvent* event)
{
    const bool isOurs = !OpenedFiles::draggedFor(*event->mimeData(), QStringLiteral("models")).isEmpty();
    event->setAccepted(isOurs); // what is not, the window may know
    if (isOurs) {
        event->acceptProposedAction();
    }
}

void ModelsPage::dropEvent(QDropEvent* event)
{
    for (const QString& file : OpenedFiles::draggedFor(*event->mimeData(), QStringLiteral("models"))) {
        openFile(file);
    }
    event->acceptProposedAction();
}

} // namespace lori::ui
