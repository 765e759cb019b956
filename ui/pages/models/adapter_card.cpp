// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/adapter_card.h"

#include "core/jobs/run_folder.h"
#include "ui/frame/adapter_exports.h"
#include "ui/frame/message_bar.h"
#include "ui/icons.h"
#include "ui/models/adapter_model.h"
#include "ui/pages/models/fact_list.h"
#include "ui/services/app_context.h"
#include "ui/services/page_router.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/lineage_view.h"

#include <QDesktopServices>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

namespace lori::ui {

AdapterCard::AdapterCard(AppContext& context, const ModelLibrary& library, QWidget* parent)
    : Card(parent), m_context(context), m_library(library)
{
    setObjectName(QStringLiteral("adapterCard"));
    build();
    connect(&m_library, &ModelLibrary::changed, this, &AdapterCard::refresh);
    connect(m_exports, &AdapterExports::workingChanged, this, &AdapterCard::updateButtons);
    connect(m_lineage, &LineageView::opened, this, [this](const LineageNode& node) {
        node.kind == LineageNode::Kind::Model ? Q_EMIT modelOpened(node.model)
                                              : Q_EMIT adapterOpened(QString::fromStdString(node.folder.string()));
    });
    retranslate();
}

void AdapterCard::build()
{
    auto* body = new QWidget(this);
    m_title = headingLabel(body, 1.2);
    m_title->setObjectName(QStringLiteral("adapterTitle"));
    m_title->setTextFormat(Qt::PlainText);
    const auto text = [&](const char* name) {
        auto* label = new QLabel(body);
        label->setObjectName(QLatin1String(name));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        return label;
    };
    m_recipe = text("adapterRecipe");
    m_sameA = text("adapterSameA");
    m_facts = new FactList(QStringLiteral("adapterFacts"), body);
    m_lineageTitle = headingLabel(body);
    m_lineage = new LineageView(body);
    auto* column = new QVBoxLayout(body);
    column->addWidget(m_title);
    column->addWidget(m_recipe);
    column->addWidget(m_sameA);
    column->addWidget(m_facts);
    column->addSpacing(fontMetrics().height() / 2);
    column->addWidget(m_lineageTitle);
    column->addWidget(m_lineage);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("adapterScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    m_exports = new AdapterExports(m_context, this);
    m_buttons = makeButtons(this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(4, 4, 4, 4);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_exports);
    outer->addWidget(m_buttons);
}

QWidget* AdapterCard::makeButtons(QWidget* parent)
{
    auto* place = new QWidget(parent);
    auto* flow = new FlowLayout(place);
    const auto button = [&](const char* name, const char* symbol) {
        auto* made = new QPushButton(place);
        made->setObjectName(QLatin1String(name));
        made->setIcon(icon(QLatin1String(symbol)));
        flow->addWidget(made);
        return made;
    };
    m_run = button("adapterRun", "runs");
    m_masks = button("adapterMasks", "masks");
    m_merge = button("adapterMerge", "merge");
    m_export = button("adapterExport", "data");
    m_export->setMenu(m_exports->menu());
    m_folder = button("adapterFolder", "folder");
    m_forget = button("adapterForget", "discard");
    PageRouter* pages = m_context.pages;
    connect(m_run, &QPushButton::clicked, this, [this, pages] { pages->go(intents::OpenRun{m_adapter->runId}); });
    connect(m_masks, &QPushButton::clicked, this, [this, pages] { pages->go(intents::ShowMasks{m_adapter->runId}); });
    connect(m_merge, &QPushButton::clicked, this, [this, pages] { pages->go(intents::MergeAdapters{{m_adapter->folder}}); });
    connect(m_folder, &QPushButton::clicked, this, [this] {
        std::error_code ignored; // what cannot be seen is shown as it is
        const bool isFile = std::filesystem::is_regular_file(m_adapter->folder, ignored);
        const auto shown = isFile ? m_adapter->folder.parent_path() : m_adapter->folder;
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(shown.string())));
    });
    connect(m_forget, &QPushButton::clicked, this, &AdapterCard::takeOffTheList);
    return place;
}

void AdapterCard::showAdapter(const KnownAdapter* adapter)
{
    const bool isOther = !adapter || !m_adapter || adapter->folder != m_adapter->folder;
    m_adapter = adapter != nullptr ? std::optional<KnownAdapter>(*adapter) : std::nullopt;
    if (m_adapter) {
        const auto& known = m_context.adapters->adapters();
        AdapterLineage lineage = lineageOf(*m_adapter, known, findMergeParents(m_context.home, *m_context.history, known));
        m_recipe->setText(lineage.recipe);
        if (isOther || lineage.nodes.size() != m_lineage->lineage().nodes.size()) { // else the chosen box stays
            m_lineage->setLineage(std::move(lineage));
        }
    }
    refresh();
}

void AdapterCard::refresh()
{
    for (QWidget* part : std::initializer_list<QWidget*>{m_facts, m_lineageTitle, m_lineage, m_buttons}) {
        part->setVisible(m_adapter.has_value());
    }
    m_sameA->setVisible(false);
    if (!m_adapter) {
        m_title->setText(tr("No adapter is chosen"));
        m_recipe->setText(tr("Choose one in the list to see what it is and where it comes from."));
        updateButtons();
        return;
    }
    m_title->setText(m_adapter->name);
    m_base = AdapterBase::of(*m_adapter, m_library, m_context.home);
    if (const int others = othersWithSameA(*m_adapter, m_context.adapters->adapters()); others > 0) {
        m_sameA->setText(tr("Same A as %n other(s): merged with them, only the masks keep them apart.", nullptr, others));
        m_sameA->setVisible(true);
        setTone(*m_sameA, Tone::Caution);
    }
    showFacts(*m_adapter);
    updateButtons();
}

void AdapterCard::showFacts(const KnownAdapter& adapter)
{
    const QLocale locale;
    std::vector<Fact> facts;
    facts.push_back(
        {tr("Base model"), m_base.text, adapter.baseModel, m_base.tone == Tone::Caution ? Tone::Caution : Tone::Quiet});
    facts.push_back({tr("Kind"), AdapterModel::kindText(adapter)});
    facts.push_back({tr("Sparsity"), adapter.sparsity > 0 ? Text::percent(adapter.sparsity) : tr("none: dense")});
    facts.push_back({tr("Rank"), adapter.rank > 0 ? locale.toString(static_cast<qlonglong>(adapter.rank)) : tr("none")});
    facts.push_back({tr("Seed of A"), adapter.hasSeed ? QString::number(adapter.seed) : tr("unknown")});
    if (!adapter.tasks.empty()) {
        facts.push_back({tr("Learned"), adapter.tasks.join(QStringLiteral(", "))});
    }
    facts.push_back({tr("Made"), Text::when(adapter.madeMs)});
    facts.push_back({tr("Size"), Text::bytes(static_cast<double>(adapter.bytes))});
    facts.push_back({tr("Where"), QString::fromStdString(adapter.folder.string())});
    m_facts->setFacts(facts);
}

void AdapterCard::updateButtons()
{
    m_exports->setAdapter(m_adapter ? &*m_adapter : nullptr, m_base.model);
    const auto set = [](QPushButton* button, bool isOn, const QString& tip, const QString& whyNot) {
        button->setEnabled(isOn);
        button->setToolTip(isOn ? tip : whyNot);
    };
    std::error_code ignored; // a run that was deleted cannot be opened
    const bool hasRun = m_adapter && !m_adapter->runId.isEmpty() &&
                        std::filesystem::exists(m_context.home.runs() / m_adapter->runId.toStdString(), ignored);
    set(m_run, hasRun, tr("Opens the run that made it"), tr("No run of this list made it"));
    set(m_masks, hasRun, tr("Shows the masks of its run"), tr("Masks belong to runs, and no run of this list made it"));
    m_merge->setToolTip(tr("Chooses it for a merge"));
    set(m_forget, m_adapter && m_context.adapters->isIncluded(m_adapter->folder), tr("Its files stay where they are"),
        tr("It goes with its run: move the run to the trash"));
    set(m_export, m_adapter && !m_base.model.isEmpty() && !m_exports->isWorking(), tr("Writes it for other programs"),
        m_exports->isWorking() ? tr("One export at a time: wait for the one at work") : m_base.text);
}

/// Only what a person opened: an adapter of a run goes with its run, into the trash.
void AdapterCard::takeOffTheList()
{
    const KnownAdapter gone = *m_adapter;
    AdapterCatalog* catalog = m_context.adapters;
    catalog->exclude(gone.folder);
    m_context.messages->post(Tone::Quiet, tr("“%1” is off the list; its files stay where they are.").arg(gone.name),
                             {{tr("Undo"), [catalog, gone] {
                                   catalog->include(gone.folder);
                               }}});
}

void AdapterCard::retranslate()
{
    setAccessibleName(tr("The chosen adapter"));
    m_lineageTitle->setText(tr("Where it comes from"));
    m_lineage->setAccessibleName(tr("Where it comes from"));
    const auto say = [](QPushButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setAccessibleName(name);
    };
    say(m_run, tr("Open r&un"), tr("Open run"));
    say(m_masks, tr("Mas&ks"), tr("Masks"));
    say(m_merge, tr("Mer&ge with…"), tr("Merge with"));
    say(m_export, tr("E&xport"), tr("Export"));
    say(m_folder, tr("Show f&older"), tr("Show folder"));
    say(m_forget, tr("Take off the list"), tr("Take off the list"));
    m_exports->menu()->setTitle(tr("Export"));
    const std::optional<KnownAdapter> shown = m_adapter;
    showAdapter(shown ? &*shown : nullptr);
}

void AdapterCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (m_exports == nullptr) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
}

} // namespace lori::ui
