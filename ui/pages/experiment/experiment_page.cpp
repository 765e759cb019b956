// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/experiment_page.h"

#include "core/support/files.h"
#include "ui/dialogs/recipe_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/icons.h"
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/data_card.h"
#include "ui/pages/experiment/draft_changes.h"
#include "ui/pages/experiment/experiment_wizard.h"
#include "ui/pages/experiment/fields.h"
#include "ui/pages/experiment/simple_form.h"
#include "ui/services/data_check.h"
#include "ui/services/draft_store.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/home_check.h"
#include "ui/services/model_library.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"
#include "ui/services/seed_uses.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

ExperimentPage::ExperimentPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_facts(context.home, [this] { m_refresh->start(); }),
      m_tasks(context.home),
      m_draft(new ExperimentDraft(context.undo, this)),
      m_models(new ModelLibrary(context.home, this)),
      m_ownPresets(context.home.root / "presets"),
      m_data(new DataCheck(this)),
      m_seen(new SeenRows(context.home, this)),
      m_seeds(new SeedUses(context.home, this)),
      m_refresh(new QTimer(this))
{
    setObjectName(QStringLiteral("experimentPage"));
    m_store = std::make_unique<DraftStore>(*m_draft, context.home.root / "draft.json", nullptr); // before the forms show it
    m_refresh->setSingleShot(true);
    m_refresh->setInterval(60);
    connect(m_refresh, &QTimer::timeout, this, &ExperimentPage::refresh);
    build();
    retranslate();
    connect(m_draft, &ExperimentDraft::changed, m_refresh, qOverload<>(&QTimer::start));
    connect(m_draft, &ExperimentDraft::changed, this, [this] { m_started = false; });
    connect(m_data, &DataCheck::changed, m_refresh, qOverload<>(&QTimer::start));
    connect(m_models, &ModelLibrary::changed, m_refresh, qOverload<>(&QTimer::start));
    connect(m_models, &ModelLibrary::failed, this, [this](const Error& error) { m_context.messages->post(error); });
    connect(m_seen, &SeenRows::changed, m_refresh, qOverload<>(&QTimer::start));
    connect(m_seeds, &SeedUses::changed, m_refresh, qOverload<>(&QTimer::start));
    connect(m_context.runs, &RunService::runStarted, m_seeds, &SeedUses::refresh);
    setAdvanced(false);
}

ExperimentPage::~ExperimentPage() = default;

void ExperimentPage::build()
{
    QWidget* header = buildHeader(); // made in the order in which Tab visits them
    QWidget* presets = buildPresets();
    m_simple = new ExperimentSimpleForm(*m_draft, m_tasks, *m_models, this);
    m_advanced = new ExperimentAdvancedForm(*m_draft, m_tasks, this);
    connect(m_advanced, &ExperimentAdvancedForm::sectionChosen, this, &ExperimentPage::scrollTo);
    m_forms = new QStackedWidget(this);
    m_forms->setObjectName(QStringLiteral("forms"));
    auto* simplePlace = new QWidget(m_forms);
    auto* simpleColumn = new QVBoxLayout(simplePlace);
    simpleColumn->setContentsMargins(0, 0, 0, 0);
    simpleColumn->addWidget(m_simple);
    simpleColumn->addStretch(1);
    m_forms->addWidget(simplePlace);
    m_forms->addWidget(m_advanced);
    m_dataCard = new ExperimentDataCard(this);

    auto* body = new QWidget(this);
    auto* bodyColumn = new QVBoxLayout(body);
    bodyColumn->addWidget(presets);
    bodyColumn->addWidget(m_dataCard);
    bodyColumn->addSpacing(fontMetrics().height() / 2);
    auto* formsRow = new QHBoxLayout;
    formsRow->addWidget(m_forms, 1);
    formsRow->addStretch(0); // takes what the forms do not
    bodyColumn->addLayout(formsRow, 1);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("formScroll"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(body);

    m_preview = new ExperimentPreview(this);
    m_preview->setFixedWidth(previewWidth());
    connect(m_preview, &ExperimentPreview::problemChosen, this, &ExperimentPage::goTo);
    connect(m_preview, &ExperimentPreview::startRequested, this, &ExperimentPage::start);
    connect(m_preview, &ExperimentPreview::queueRequested, this, &ExperimentPage::addToQueue);
    connect(m_preview, &ExperimentPreview::sweepRequested, this, &ExperimentPage::showSweep);
    connect(m_preview, &ExperimentPreview::recipeRequested, this, &ExperimentPage::showRecipe);
    connect(m_preview, &ExperimentPreview::noteFollowed, this, &ExperimentPage::followNote);

    auto* left = new QVBoxLayout;
    left->addWidget(header);
    left->addWidget(m_scroll, 1);
    auto* row = new QHBoxLayout(this);
    row->addLayout(left, 1);
    row->addWidget(m_preview);
}

int ExperimentPage::previewWidth() const
{
    return fontMetrics().averageCharWidth() * 44;
}

void ExperimentPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    m_preview->setFixedWidth(std::min(previewWidth(), std::max(1, width() * 9 / 20))); // never most of the page
}

QWidget* ExperimentPage::buildHeader()
{
    auto* header = new QWidget(this);
    auto* row = new FlowLayout(header);
    m_title = new QLabel(header);
    QFont big = m_title->font();
    big.setPointSizeF(big.pointSizeF() * 1.4);
    big.setBold(true);
    m_title->setFont(big);
    m_badge = new QPushButton(header);
    m_badge->setObjectName(QStringLiteral("changedBadge"));
    m_badge->setFlat(true);
    m_badge->hide(); // until something was changed
    connect(m_badge, &QPushButton::clicked, this, &ExperimentPage::showChanges);
    m_simpleButton = new QPushButton(header);
    m_simpleButton->setObjectName(QStringLiteral("simpleMode"));
    m_advancedButton = new QPushButton(header);
    m_advancedButton->setObjectName(QStringLiteral("advancedMode"));
    auto* group = new QButtonGroup(this);
    for (QPushButton* button : {m_simpleButton, m_advancedButton}) {
        button->setCheckable(true);
        group->addButton(button);
    }
    connect(m_simpleButton, &QPushButton::clicked, this, [this] { setAdvanced(false); });
    connect(m_advancedButton, &QPushButton::clicked, this, [this] { setAdvanced(true); });
    row->addWidget(m_title);
    row->addWidget(m_badge);
    row->addItem(new QSpacerItem(0, 0, QSizePolicy::Expanding));
    row->addWidget(m_simpleButton);
    row->addWidget(m_advancedButton);
    return header;
}

void ExperimentPage::setAdvanced(bool advanced)
{
    m_simpleButton->setChecked(!advanced);
    m_advancedButton->setChecked(advanced);
    m_forms->setCurrentIndex(advanced ? 1 : 0);
    // a stacked widget is as tall as its tallest page: only the shown one may count, or the simple form scrolls over nothing
    for (int i = 0; i < m_forms->count(); ++i) {
        const auto policy = i == m_forms->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_forms->widget(i)->setSizePolicy(QSizePolicy::Preferred, policy);
    }
    limitWidth();
    m_forms->adjustSize();
    markChecked();
}

/// Fields as wide as a large screen are hard to read across; what they need they get.
void ExperimentPage::limitWidth()
{
    constexpr int kLetters = 120;
    m_forms->setMaximumWidth(std::max(fontMetrics().averageCharWidth() * kLetters, m_forms->minimumSizeHint().width()));
}

bool ExperimentPage::isAdvanced() const
{
    return m_forms->currentIndex() == 1;
}

bool ExperimentPage::canStart() const
{
    return m_ready;
}

void ExperimentPage::followNote(const QString& link)
{
    if (link == QLatin1String("data")) {
        m_context.pages->go(intents::OpenData{m_brokenFile});
    }
    if (link == QLatin1String("find-model")) {
        findModel();
    }
    if (link == QLatin1String("find-rows")) {
        findRows();
    }
    if (link == QLatin1String("new-seed")) {
        m_draft->edit(tr("new seed"),
                      [](experiment::RunConfig& config) { config.adapter.projectionSeed = ExperimentDraft::newSeed(); });
    }
}

ExperimentPage::Estimated ExperimentPage::estimateOf(const experiment::RunConfig& config, const experiment::ModelShape& shape)
{
    std::vector<experiment::DataLengths> files;
    for (const DataView* view : m_data->look(config)) {
        files.push_back(view->lengths);
    }
    const experiment::DataLengths lengths = m_facts.lengths(config, files);
    const experiment::MachineSpeed speed = experiment::machineSpeed(m_context.home, config, shape, lengths);
    return {experiment::estimate(config, shape, lengths, speed), speed, lengths};
}

/// What the time is founded on: where its speed is from, and what is known of the rows.
QString ExperimentPage::basisOf(const Estimated& known) const
{
    const auto& sources = m_draft->config().data.sources;
    const bool hasFile = std::any_of(sources.begin(), sources.end(), [](const auto& source) { return !source.file.empty(); });
    QStringList sentences;
    sentences.append(known.speed.isMeasured()
                         ? tr("By the speed of this machine in the run of %1.").arg(Text::when(known.speed.measuredMs))
                         : tr("This machine's speed is assumed until a run has measured it."));
    if (known.lengths.rows <= 0) {
        sentences.append(tr("Row lengths are assumed until the rows are read."));
    } else if (hasFile) {
        sentences.append(tr("Row lengths are judged by the letters in your rows."));
    }
    return sentences.join(QLatin1Char(' '));
}

void ExperimentPage::refresh()
{
    const experiment::RunConfig& config = m_draft->config();
    ExperimentPreview::Content content;
    content.stages.append(tr("1. Prepare"));
    int number = 2;
    for (const experiment::StageConfig& stage : config.stages) {
        QString line = tr("%1. %2").arg(number++).arg(Text::stage(stage.kind));
        if (stage.kind == experiment::StageKind::Mask) {
            line = tr("%1, keeps %2").arg(line, Text::percent(1 - stage.mask.sparsity));
        } else if (stage.steps > 0) {
            line = tr("%1, %n step(s)", nullptr, static_cast<int>(std::min<std::int64_t>(stage.steps, 1'000'000'000))).arg(line);
        } else {
            line = tr("%1, %2 passes").arg(line, Text::number(stage.epochs));
        }
        content.stages.append(line);
        const bool isNew = std::find(content.trained.begin(), content.trained.end(), stage.kind) == content.trained.end();
        if (stage.kind != experiment::StageKind::Mask && isNew) {
            content.trained.push_back(stage.kind);
        }
    }
    QStringList measured;
    for (const experiment::EvaluationTask& task : config.evaluation.tasks) {
        const QString name = Text::task(QString::fromStdString(task.task));
        measured.append(task.limit > 0 ? tr("%1 (%n row(s))", nullptr, static_cast<int>(task.limit)).arg(name) : name);
    }
    content.stages.append(measured.isEmpty() ? tr("%1. Evaluate").arg(number)
                                             : tr("%1. Evaluate: %2").arg(number).arg(measured.join(tr(", "))));
    content.seed = tr("Seed of the frozen A: %1").arg(config.adapter.projectionSeed);

    const auto issues = m_draft->issues();
    m_modelProblem.clear();
    const auto shape = m_facts.shape(config.model);
    experiment::MachineSpeed speed;
    if (!shape) {
        m_modelProblem = ErrorText::sentence(shape.error()).toStdString();
    } else if (issues.empty()) {
        const Estimated known = estimateOf(config, *shape);
        content.estimate = known.estimate;
        speed = known.speed;
        content.isRough = !speed.isMeasured() || known.lengths.rows <= 0;
        content.basis = basisOf(known);
    }
    content.speedSource =
        speed.isMeasured() ? tr("measured by the run of %1").arg(Text::when(speed.measuredMs)) : tr("assumed, not measured");
    const auto freeBytes = freeDiskBytes(m_context.home.root);
    content.freeDiskBytes = freeBytes ? static_cast<double>(*freeBytes) : -1;
    content.problems = problems(content);
    content.notes = notes();
    constexpr double kLong = 4 * 3600;
    if (content.estimate && content.estimate->seconds.value > kLong) {
        content.notes.prepend(
            tr("This takes %1 on this machine. Fewer steps, a smaller model, or fewer rows to measure make it shorter.")
                .arg(Text::about(content.estimate->seconds.value)));
    }
    m_preview->show(content);
    if (m_wizard != nullptr) {
        m_wizard->show(content);
    }
    m_simple->showProblems(issues);
    m_advanced->showProblems(issues);

    const auto changes = static_cast<int>(changesOf(*m_draft).size());
    m_badge->setText(tr("%n changed from the start", nullptr, changes));
    m_badge->setToolTip(tr("Shows what was changed, with the way back"));
    m_badge->setVisible(changes != 0);
    refreshPresets();
    limitWidth();
    markChecked();
    if (m_ready != content.problems.empty()) {
        m_ready = content.problems.empty();
        Q_EMIT commandsChanged();
    }
}

/// The chosen preset and form carry a tick: a pressed look alone is hard to see in the dark.
void ExperimentPage::markChecked()
{
    QList<QAbstractButton*> buttons = m_presets->buttons();
    buttons << m_simpleButton << m_advancedButton;
    for (QAbstractButton* button : buttons) {
        button->setIcon(button->isChecked() ? icon(QStringLiteral("done")) : QIcon());
    }
}

void ExperimentPage::goTo(const QString& path)
{
    if (path.isEmpty()) {
        return;
    }
    QWidget* target = isAdvanced() ? m_advanced->widgetFor(path) : m_simple->widgetFor(path);
    if (target == nullptr) {
        setAdvanced(!isAdvanced());
        target = isAdvanced() ? m_advanced->widgetFor(path) : m_simple->widgetFor(path);
    }
    if (target != nullptr) {
        m_advanced->endSearch();
        m_scroll->ensureWidgetVisible(target);
        target->setFocus(Qt::OtherFocusReason);
    }
}

/// From its top, as far as there is something beneath it.
void ExperimentPage::scrollTo(QWidget* section)
{
    // once the rows lie where they belong: a search that ended has brought some back
    QTimer::singleShot(1, section, [this, section] {
        m_scroll->verticalScrollBar()->setValue(section->mapTo(m_scroll->widget(), QPoint()).y());
    });
}

void ExperimentPage::showRecipe()
{
    auto* dialog = new RecipeDialog(m_draft->config(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ExperimentPage::retranslate()
{
    m_title->setText(tr("New experiment"));
    m_badge->setAccessibleName(tr("Changed settings"));
    m_simpleButton->setText(tr("S&imple"));
    m_simpleButton->setToolTip(tr("Seven choices"));
    m_advancedButton->setText(tr("A&dvanced"));
    m_advancedButton->setToolTip(tr("Every setting, in sections; nothing is lost by switching"));
    retranslatePresets();
    m_simpleButton->setAccessibleName(tr("Simple form"));
    m_advancedButton->setAccessibleName(tr("Advanced form"));
    m_refresh->start();
}

void ExperimentPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && m_refresh != nullptr) {
        m_refresh->start();
    }
}

void ExperimentPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_seeds->refresh();
    refresh();
}

void ExperimentPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    Q_EMIT commandsChanged();
}

} // namespace lori::ui
