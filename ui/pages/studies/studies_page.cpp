// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/studies/studies_page.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/icons.h"
#include "ui/pages/studies/study_report.h"
#include "ui/pages/studies/study_words.h"
#include "ui/services/error_text.h"
#include "ui/services/job_service.h"
#include "ui/services/model_library.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/wrapped_label.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kSideLetters = 12; ///< heights of a letter

} // namespace

StudiesPage::StudiesPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_studies(new StudyList(context.home, this)),
      m_models(new ModelLibrary(context.home, this))
{
    setObjectName(QStringLiteral("studiesPage"));
    auto* splitter = new QSplitter(this);
    splitter->setObjectName(QStringLiteral("studySplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeSide());
    splitter->addWidget(makeBody());
    splitter->setStretchFactor(1, 1);
    auto* outer = new QHBoxLayout(this);
    outer->addWidget(splitter);
    connectParts();
    retranslate();
    m_studies->refresh();
    m_models->refresh();
}

QWidget* StudiesPage::makeSide()
{
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("studyList"));
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumWidth(fontMetrics().height() * kSideLetters);
    m_list->setSpacing(fontMetrics().height() / 5);
    return m_list;
}

QWidget* StudiesPage::makeBody()
{
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    m_title = headingLabel(body, 1.4);
    m_title->setObjectName(QStringLiteral("studyTitle"));
    const auto text = [&](const char* name) {
        auto* label = new QLabel(body);
        label->setObjectName(QLatin1String(name));
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        return label;
    };
    m_explanation = text("studyExplanation");
    m_source = text("studySource");
    m_state = text("studyState");
    m_none = text("studyNone");
    m_bar = new StillProgressBar(body);
    m_bar->setObjectName(QStringLiteral("studyBar"));
    m_bar->setTextVisible(false);
    m_report = new StudyReport(body);
    column->addWidget(m_title);
    column->addWidget(m_explanation);
    column->addWidget(m_source);
    column->addWidget(makeButtons(body));
    column->addWidget(m_state);
    column->addWidget(m_bar);
    column->addWidget(m_none);
    column->addWidget(m_report);
    column->addStretch(1);
    return scrolling(body, QStringLiteral("studyScroll"), this);
}

QWidget* StudiesPage::makeButtons(QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* line = new FlowLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    m_modelLabel = new QLabel(box);
    m_model = new QComboBox(box);
    m_model->setObjectName(QStringLiteral("studyModel"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(18);
    m_modelLabel->setBuddy(m_model);
    m_dataLabel = new QLabel(box);
    const auto button = [&](const char* name, const char* picture) {
        auto* made = new QPushButton(box);
        made->setObjectName(QLatin1String(name));
        if (*picture != '\0') {
            made->setIcon(icon(QLatin1String(picture)));
        }
        return made;
    };
    m_data = button("studyData", "folder");
    m_start = button("studyStart", "start");
    m_queue = button("studyQueue", "waiting");
    m_stop = button("studyStop", "stop");
    m_save = button("studySave", "");
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_modelLabel, m_model, m_dataLabel, m_data, m_start, m_queue, m_stop, m_save}) {
        line->addWidget(part);
    }
    return box;
}

void StudiesPage::connectParts()
{
    connect(m_studies, &StudyList::changed, this, [this] {
        for (const Study& study : m_studies->studies()) {
            if (study.isLive && !m_context.jobs->isWatched(study.job)) {
                static_cast<void>(m_context.jobs->watch(study.job)); // begun in a terminal, by the queue, or before
            }
        }
        fillList();
    });
    connect(m_models, &ModelLibrary::changed, this, &StudiesPage::fillModels);
    connect(m_list, &QListWidget::currentRowChanged, this, &StudiesPage::refresh);
    connect(m_model, &QComboBox::activated, this, &StudiesPage::refresh);
    connect(m_data, &QPushButton::clicked, this, &StudiesPage::chooseData);
    connect(m_start, &QPushButton::clicked, this, &StudiesPage::start);
    connect(m_queue, &QPushButton::clicked, this, &StudiesPage::queue);
    connect(m_stop, &QPushButton::clicked, this, &StudiesPage::stop);
    connect(m_save, &QPushButton::clicked, this, &StudiesPage::saveReport);
    connect(m_context.jobs, &JobService::stateChanged, this, &StudiesPage::refreshWork);
    connect(m_context.jobs, &JobService::eventsAppended, this, [this](const QString& job) {
        if (isVisible() && job == liveJob()) {
            refreshWork();
        }
    });
    connect(m_context.jobs, &JobService::jobEnded, this, [this] {
        m_planned.clear();
        m_studies->refresh();
    });
}

void StudiesPage::fillList()
{
    const Study* before = current();
    const QString chosen = before != nullptr                  ? before->id()
                           : m_list->currentItem() != nullptr ? m_list->currentItem()->data(Qt::UserRole).toString()
                                                              : QString();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Study& study : m_studies->studies()) {
            auto* item = new QListWidgetItem(StudyWords::title(study.info), m_list);
            item->setData(Qt::UserRole, study.id());
            item->setIcon(icon(study.isLive               ? QStringLiteral("running")
                               : study.report.is_object() ? QStringLiteral("done")
                                                          : QStringLiteral("studies")));
            if (study.id() == chosen) {
                m_list->setCurrentItem(item);
            }
        }
        if (m_list->currentRow() < 0) {
            m_list->setCurrentRow(0);
        }
    }
    refresh();
}

void StudiesPage::fillModels()
{
    const QString chosen = m_model->currentData().toString();
    const QSignalBlocker quiet(m_model);
    m_model->clear();
    m_model->addItem(tr("the study's own"), QString());
    for (const ModelEntry& entry : m_models->entries()) {
        if (entry.state == ModelState::Ready) {
            m_model->addItem(Text::model(entry.name), entry.name);
        }
    }
    m_model->setCurrentIndex(std::max(0, m_model->findData(chosen)));
}

void StudiesPage::refresh()
{
    const Study* study = current();
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_explanation, m_source, m_modelLabel, m_model, m_start,
                                                         m_queue, m_save, m_report}) {
        part->setVisible(study != nullptr);
    }
    const bool needsData = study != nullptr && study->info.needsData;
    m_dataLabel->setVisible(needsData);
    m_data->setVisible(needsData);
    m_none->setVisible(study == nullptr || !study->report.is_object());
    if (study == nullptr) {
        m_none->setText(m_studies->isRead() ? tr("The program's recipes were not found. Install it again.") : tr("Looking …"));
        m_report->show(nullptr);
    } else {
        m_title->setText(StudyWords::title(study->info));
        m_explanation->setText(StudyWords::explanation(study->info));
        m_source->setText(tr("After %1.").arg(QString::fromStdString(study->info.source)));
        m_data->setText(data());
        m_none->setText(tr("Nothing was found yet. Started, the study works through its trainings, merges and measurements one "
                           "after the other; what is done is never done again, also when it is stopped in between."));
        m_report->show(study->report);
        m_save->setEnabled(study->report.is_object());
    }
    refreshWork();
    plan();
}

QString StudiesPage::workText(const QString& job) const
{
    const auto progress = m_context.jobs->progress(job);
    if (!progress) {
        return Text::state(m_context.jobs->state(job));
    }
    const QString what = Text::activity(progress->what);
    return progress->etaSeconds >= 0 ? tr("%1 · %2 left").arg(what, Text::about(progress->etaSeconds)) : what;
}

void StudiesPage::refreshWork()
{
    const Study* study = current();
    const QString job = liveJob();
    m_stop->setVisible(!job.isEmpty());
    m_bar->setVisible(!job.isEmpty());
    Q_EMIT commandsChanged();
    const QString why = hindrance();
    for (QPushButton* button : {m_start, m_queue}) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    }
    if (study == nullptr) {
        m_state->clear();
    } else if (!job.isEmpty()) {
        const auto progress = m_context.jobs->progress(job);
        const bool known = progress && progress->total > 0;
        m_bar->setRange(0, known ? 1000 : 0);
        m_bar->setValue(known ? static_cast<int>(1000 * progress->done / progress->total) : 0);
        m_state->setText(workText(job));
    } else {
        const auto failure = study->job.isEmpty() ? std::nullopt : m_context.jobs->failure(study->job);
        m_state->setText(failure ? ErrorText::sentence(*failure) : why.isEmpty() ? m_plan : why);
    }
}

void StudiesPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_studies->refresh();
}

void StudiesPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_planned.clear();
        retranslate();
        fillModels();
        fillList();
    }
    Page::changeEvent(event);
}

void StudiesPage::retranslate()
{
    m_list->setAccessibleName(tr("Studies"));
    m_modelLabel->setText(tr("&Model"));
    m_model->setAccessibleName(tr("Model of the study"));
    m_dataLabel->setText(tr("Published data"));
    m_data->setAccessibleName(tr("Folder of the published data"));
    m_start->setText(tr("&Start the study"));
    m_queue->setText(tr("Add to the &queue"));
    m_stop->setText(tr("Sto&p and keep"));
    m_save->setText(tr("S&ave report…"));
    m_bar->setAccessibleName(tr("Progress of the study"));
}

std::vector<PageView> StudiesPage::views(const QString& /*runId*/)
{
    return {{QString(),
             [this] {
                 choose(QStringLiteral("small-orthogonality"));
             }},
            {QStringLiteral("published"), [this] {
                 choose(QStringLiteral("small-story"));
             }}};
}

} // namespace lori::ui
