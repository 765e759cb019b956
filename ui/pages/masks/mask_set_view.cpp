// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/mask_set_view.h"

#include "ui/frame/message_bar.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/wrapped_label.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {
namespace {

bool holds(const std::vector<std::filesystem::path>& files, const std::filesystem::path& file)
{
    return std::find(files.begin(), files.end(), file) != files.end();
}

} // namespace

MaskSetView::MaskSetView(AppContext& context, const QString& name, std::size_t fewest, QWidget* parent)
    : QWidget(parent), m_context(context), m_name(name), m_fewest(fewest)
{
    setObjectName(name);
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->addWidget(makeSide());
    auto* main = new QWidget(content);
    makeMain(main);
    row->addWidget(main, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolling(content, name + QStringLiteral("Scroll"), this));
}

QWidget* MaskSetView::makeSide()
{
    auto* side = new QWidget(this);
    m_listLabel = new QLabel(side);
    m_listLabel->setWordWrap(true);
    m_list = new QListWidget(side);
    m_list->setObjectName(m_name + QStringLiteral("List"));
    m_list->setWordWrap(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_add = new QPushButton(side);
    m_add->setObjectName(m_name + QStringLiteral("Add"));
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_listLabel);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_add);
    side->setFixedWidth(fontMetrics().height() * 13);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        limitTicks();
        read();
    });
    connect(m_add, &QPushButton::clicked, this, &MaskSetView::addFile);
    return side;
}

void MaskSetView::makeMain(QWidget* main)
{
    m_text = sentenceLabel(m_name + QStringLiteral("Text"), main);
    m_action = new QPushButton(main);
    m_action->setObjectName(m_name + QStringLiteral("Action"));
    m_body = new QWidget(main);
    m_bodyLayout = new QVBoxLayout(m_body);
    m_bodyLayout->setContentsMargins(0, 0, 0, 0);
    auto* layout = new QVBoxLayout(main);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    layout->addWidget(m_action, 0, Qt::AlignLeft);
    layout->addWidget(m_body, 1);
    layout->addStretch(0);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_state == State::NoMasks) {
            m_context.pages->go(intents::NewExperiment{});
        } else if (m_state == State::Reading) {
            m_job.cancel();
            m_state = State::Cancelled;
            showState();
        } else {
            read();
        }
    });
}

void MaskSetView::setSources(const std::vector<MaskSource>& sources)
{
    std::vector<std::filesystem::path> before;
    for (const MaskSource& source : ticked()) {
        before.push_back(source.maskFile);
    }
    m_sources.clear();
    for (const MaskSource& source : sources) {
        if (!source.maskFile.empty()) {
            m_sources.push_back(source);
        }
    }
    m_sources.insert(m_sources.end(), m_added.begin(), m_added.end());
    if (!m_choseFirst && before.empty() && m_sources.size() >= m_fewest) { // an empty view would only ask for these clicks
        m_choseFirst = true;
        before = firstTicks();
        fill(before);
        read();
        return;
    }
    fill(before);
    if (m_set == nullptr && !m_job.isRunning()) {
        read();
    }
}

/// All masks of the newest run when it has several, as a sequence of tasks does; else the newest two.
std::vector<std::filesystem::path> MaskSetView::firstTicks() const
{
    std::vector<std::filesystem::path> ofRun;
    std::vector<std::filesystem::path> newest;
    for (const MaskSource& source : m_sources) {
        if (source.runId == m_sources.front().runId && !source.runId.empty() && ofRun.size() < kMostMasks) {
            ofRun.push_back(source.maskFile);
        }
        if (newest.size() < 2) {
            newest.push_back(source.maskFile);
        }
    }
    return ofRun.size() > 1 ? ofRun : newest;
}

void MaskSetView::fill(const std::vector<std::filesystem::path>& ticked)
{
    const QSignalBlocker quiet(m_list);
    const int current = m_list->currentRow();
    m_list->clear();
    for (const MaskSource& source : m_sources) {
        auto* item = new QListWidgetItem(QString::fromStdString(source.name.empty() ? source.title : source.name), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(holds(ticked, source.maskFile) ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(QString::fromStdString(source.title) + QLatin1Char('\n') +
                         QString::fromStdString(source.maskFile.string()));
    }
    m_list->setCurrentRow(std::clamp(current, 0, std::max(0, m_list->count() - 1)));
    limitTicks();
}

std::vector<MaskSource> MaskSetView::ticked() const
{
    std::vector<MaskSource> found;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            found.push_back(m_sources[static_cast<std::size_t>(row)]);
        }
    }
    return found;
}

/// With kMostMasks ticked, the others cannot be.
void MaskSetView::limitTicks()
{
    const QSignalBlocker quiet(m_list);
    const bool full = ticked().size() >= kMostMasks;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        const bool can = !full || item->checkState() == Qt::Checked;
        item->setFlags(can ? item->flags() | Qt::ItemIsUserCheckable : item->flags() & ~Qt::ItemIsUserCheckable);
    }
}

void MaskSetView::choose(const std::vector<std::filesystem::path>& maskFiles)
{
    m_choseFirst = true;
    std::vector<std::filesystem::path> files;
    for (const MaskSource& source : m_sources) {
        if (holds(maskFiles, source.maskFile) && files.size() < kMostMasks) {
            files.push_back(source.maskFile);
        }
    }
    fill(files);
    read();
}

void MaskSetView::addFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Add a mask file"), QString(), tr("Masks (*.safetensors *.pt);;All files (*)"));
    if (!path.isEmpty()) {
        addPath(path);
    }
}

void MaskSetView::addPath(const QString& path)
{
    const auto source = maskSourceFrom(path.toStdString());
    if (!source || source->maskFile.empty()) {
        m_context.messages->post(source ? Error{ErrorCode::NotFound, tr("There is no mask in it.").toStdString(),
                                                tr("Choose a mask file, or a run with a mask.").toStdString(), path.toStdString()}
                                        : source.error());
        return;
    }
    std::vector<std::filesystem::path> files{source->maskFile};
    for (const MaskSource& each : ticked()) {
        files.push_back(each.maskFile);
    }
    const bool known = std::any_of(m_sources.begin(), m_sources.end(),
                                   [&](const MaskSource& each) { return each.maskFile == source->maskFile; });
    if (!known) {
        m_added.push_back(*source);
        m_sources.push_back(*source);
    }
    choose(files);
}

void MaskSetView::read()
{
    m_job.cancel();
    const std::vector<MaskSource> sources = ticked();
    if (sources.size() < m_fewest) {
        m_set.reset();
        m_state = m_sources.size() < m_fewest ? State::NoMasks : State::TooFew;
        showState();
        return;
    }
    m_stale = !isVisible();
    if (m_stale) { // read when somebody looks
        return;
    }
    m_state = State::Reading;
    showState();
    m_job.start([sources](const BackgroundJob::Cancelled& cancelled) { return readMaskSet(sources, *cancelled); },
                [this](const Result<std::shared_ptr<const MaskSet>>& result) { taken(result); });
}

void MaskSetView::taken(const Result<std::shared_ptr<const MaskSet>>& result)
{
    m_set = result ? *result : nullptr;
    m_state = result ? State::Done : State::Failed;
    m_error = result ? Error{} : result.error();
    showState();
    Q_EMIT shown();
}

void MaskSetView::say(const QString& text, Tone tone)
{
    saySentence(*m_text, text, tone);
}

void MaskSetView::showState()
{
    QString action;
    switch (m_state) {
    case State::NoMasks:
        say(tr("Masks exist after the mask stage of a training; this view needs %n of them. Train with LoRI-S, or add a mask "
               "file.",
               nullptr, static_cast<int>(m_fewest)),
            Tone::Quiet);
        action = tr("Set up an experiment");
        break;
    case State::TooFew:
        say(tr("Tick %n mask(s) or more in the list.", nullptr, static_cast<int>(m_fewest)), Tone::Quiet);
        break;
    case State::Reading:
        say(tr("Reading the masks …"), Tone::Quiet);
        action = tr("Cancel");
        break;
    case State::Cancelled:
        say(tr("Reading was cancelled."), Tone::Quiet);
        action = tr("Read again");
        break;
    case State::Failed:
        say(ErrorText::sentence(m_error), Tone::Alarm);
        action = tr("Read again");
        break;
    case State::Done:
        showSet();
        break;
    }
    m_action->setVisible(!action.isEmpty());
    m_action->setText(action);
    m_action->setAccessibleName(action);
    // While other masks are read the last picture stays.
    m_body->setVisible(m_set != nullptr && (m_state == State::Done || m_state == State::Reading));
}

void MaskSetView::retranslate()
{
    m_listLabel->setText(tr("Masks (Space ticks, up to %1)").arg(kMostMasks));
    m_list->setAccessibleName(tr("Masks to look at together"));
    m_add->setText(tr("A&dd a mask file …"));
    m_add->setAccessibleName(tr("Add a mask file from elsewhere"));
    showState();
}

void MaskSetView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        showState();
    }
}

void MaskSetView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        read();
    }
}

} // namespace lori::ui
