// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/queue_card.h"

#include "core/jobs/job_folder.h"
#include "ui/icons.h"
#include "ui/models/queue_model.h"
#include "ui/services/queue_service.h"
#include "ui/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

QueueCard::QueueCard(Home home, QueueService& queue, QWidget* parent)
    : Card(parent), m_home(std::move(home)), m_queue(queue), m_model(new QueueModel(this))
{
    setObjectName(QStringLiteral("queueCard"));
    build();
    connect(&m_queue, &QueueService::changed, this, &QueueCard::refresh);
    connect(m_model, &QueueModel::moveRequested, this,
            [this](const QString& job, std::int64_t place) { m_queue.move(job, place); });
    retranslate();
    refresh();
}

void QueueCard::build()
{
    m_title = new QLabel(this);
    QFont font = m_title->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    m_title->setFont(font);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("queueList"));
    m_list->setModel(m_model);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDragDropOverwriteMode(false);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_list->installEventFilter(this);
    const auto tool = [this](const char* name) {
        auto* button = new QToolButton(this);
        button->setObjectName(QLatin1String(name));
        return button;
    };
    m_up = tool("queueUp");
    m_up->setArrowType(Qt::UpArrow);
    m_down = tool("queueDown");
    m_down->setArrowType(Qt::DownArrow);
    m_remove = tool("queueRemove");
    m_remove->setIcon(icon(QStringLiteral("close")));
    m_pause = new QPushButton(this);
    m_pause->setObjectName(QStringLiteral("queuePause"));
    m_clear = new QPushButton(this);
    m_clear->setObjectName(QStringLiteral("queueClear"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_up, m_down, m_remove, m_pause, m_clear}) {
        top->addWidget(each);
    }
    auto* column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_list);

    connect(m_up, &QToolButton::clicked, this, [this] { moveBy(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveBy(1); });
    connect(m_remove, &QToolButton::clicked, this, &QueueCard::removeCurrent);
    connect(m_pause, &QPushButton::clicked, this, [this] { m_queue.setPaused(!m_paused); });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_queue.removeEnded(); });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(index.data(TableRole::Id).toString()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueueCard::updateButtons);
}

/// Name and kind are read from the folder once; a folder that is gone keeps its id.
void QueueCard::describe(QueueLine& line)
{
    const QString job = QString::fromStdString(line.entry.job);
    auto known = m_described.find(job);
    if (known == m_described.end()) {
        QPair<QString, QString> words(job, Text::jobKind("train"));
        if (const auto folder = jobs::JobFolder::open(m_home, line.entry.folder.string())) {
            if (const auto record = folder->record()) {
                words = {QString::fromStdString(record->name.empty() ? line.entry.job : record->name),
                         Text::jobKind(record->kind)};
            }
        }
        known = m_described.insert(job, words);
    }
    line.name = known->first;
    line.kind = known->second;
}

void QueueCard::refresh()
{
    const auto content = m_queue.content();
    std::vector<QueueLine> lines;
    if (content) {
        for (const database::QueueEntry& entry : content->entries) {
            lines.push_back({entry, {}, {}});
            describe(lines.back());
        }
        m_paused = content->paused;
    }
    const QString current = currentJob();
    m_model->setLines(std::move(lines));
    if (const int row = m_model->rowOf(current); row >= 0) {
        m_list->setCurrentIndex(m_model->index(row, 0));
    }
    constexpr int kShownRows = 6;
    const int rows = std::clamp(m_model->rowCount(), 1, kShownRows);
    m_list->setFixedHeight(rows * std::max(m_list->sizeHintForRow(0), fontMetrics().height()) + 2 * m_list->frameWidth() + 2);
    setVisible(m_model->rowCount() > 0);
    retranslate();
    updateButtons();
}

void QueueCard::updateButtons()
{
    const std::int64_t place = m_model->waitingPlace(m_list->currentIndex().row());
    m_up->setEnabled(place > 1);
    m_down->setEnabled(place > 0 && place < m_model->waitingCount());
    m_remove->setEnabled(place > 0);
    const auto& lines = m_model->rows();
    m_clear->setEnabled(std::any_of(lines.begin(), lines.end(), [](const QueueLine& line) {
        return line.entry.state == database::QueueState::Done || line.entry.state == database::QueueState::Failed;
    }));
}

QString QueueCard::currentJob() const
{
    return m_list->currentIndex().data(TableRole::Id).toString();
}

void QueueCard::moveBy(int places)
{
    const std::int64_t place = m_model->waitingPlace(m_list->currentIndex().row());
    const std::int64_t wanted = place + places;
    if (place > 0 && wanted >= 1 && wanted <= m_model->waitingCount()) {
        m_queue.move(currentJob(), wanted);
    }
}

void QueueCard::removeCurrent()
{
    if (m_model->waitingPlace(m_list->currentIndex().row()) > 0) {
        m_queue.remove(currentJob());
    }
}

bool QueueCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveBy(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
    }
    return Card::eventFilter(watched, event);
}

void QueueCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_described.clear();
        refresh();
        m_model->retranslate();
    }
    Card::changeEvent(event);
}

void QueueCard::retranslate()
{
    const auto waiting = static_cast<int>(m_model->waitingCount());
    m_title->setText(m_paused ? tr("Queue, paused: %n job(s) wait", nullptr, waiting)
                              : tr("Queue: %n job(s) wait", nullptr, waiting));
    m_list->setAccessibleName(tr("Queue"));
    const auto name = [](QAbstractButton* button, const QString& text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_up, tr("Earlier (Alt+Up)"));
    name(m_down, tr("Later (Alt+Down)"));
    name(m_remove, tr("Take out of the queue; its folder stays (Delete)"));
    m_pause->setText(m_paused ? tr("Continue queue") : tr("Pause queue"));
    m_pause->setToolTip(m_paused ? tr("Begins the next job") : tr("Begins nothing more; what is at work goes on"));
    m_clear->setText(tr("Clear what is done"));
}

} // namespace lori::ui
