// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_log.h"

#include "ui/pages/runs/log_sentence.h"

#include <nlohmann/json.hpp>

#include <QAction>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QFontDatabase>
#include <QMenu>
#include <QScrollBar>

#include <memory>

namespace lori::ui {

namespace {

QString valueText(const nlohmann::json& value)
{
    if (value.is_string()) {
        return QString::fromStdString(value.get<std::string>());
    }
    if (value.is_number_float()) {
        return QString::number(value.get<double>(), 'g', 5);
    }
    return QString::fromStdString(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

QString timeOf(const events::Event& event)
{
    return QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(QStringLiteral("HH:mm:ss")) + QStringLiteral("  ");
}

} // namespace

RunLog::RunLog(QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("runLog"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setMaximumBlockCount(static_cast<int>(kMostLines));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
    m_raw = new QAction(this);
    m_raw->setObjectName(QStringLiteral("rawEvents"));
    m_raw->setCheckable(true);
    m_raw->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_raw->setShortcutContext(Qt::WidgetShortcut);
    addAction(m_raw);
    connect(m_raw, &QAction::toggled, this, &RunLog::showLines);
    retranslate();
}

void RunLog::clear()
{
    m_lines.clear();
    QPlainTextEdit::clear();
}

bool RunLog::isRaw() const
{
    return m_raw->isChecked();
}

QStringList RunLog::newest(std::size_t most) const
{
    QStringList sentences;
    for (std::size_t i = m_lines.size() > most ? m_lines.size() - most : 0; i < m_lines.size(); ++i) {
        sentences.append(m_lines[i].sentence);
    }
    return sentences;
}

void RunLog::retranslate()
{
    m_raw->setText(tr("Events as they are stored"));
    setToolTip(tr("The context menu and Ctrl+E show the events as they are stored"));
}

void RunLog::contextMenuEvent(QContextMenuEvent* event)
{
    const std::unique_ptr<QMenu> menu(createStandardContextMenu());
    menu->addSeparator();
    menu->addAction(m_raw);
    menu->exec(event->globalPos());
}

void RunLog::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) { // lines that are there keep the language they were written in
        retranslate();
    }
}

void RunLog::showLines()
{
    QStringList texts;
    for (const Line& each : m_lines) {
        texts.append(isRaw() ? each.raw : each.sentence);
    }
    setPlainText(texts.join(QLatin1Char('\n')));
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

QString RunLog::line(const events::Event& event)
{
    QString text = timeOf(event) + QString::fromStdString(std::string(event.type())).leftJustified(14);
    const nlohmann::json fields = events::fieldsOf(event.payload);
    for (const auto& [key, value] : fields.items()) {
        text += QStringLiteral("  %1=%2").arg(QString::fromStdString(key), valueText(value));
    }
    return text;
}

void RunLog::append(const std::vector<events::Event>& events)
{
    QStringList lines;
    const std::size_t first = events.size() > kMostLines ? events.size() - kMostLines : 0; // older ones would scroll out at once
    for (std::size_t i = first; i < events.size(); ++i) {
        if (events[i].as<events::Heartbeat>() == nullptr) {
            const QString sentence = logSentence(events[i]);
            const QString raw = line(events[i]);
            m_lines.push_back({raw, sentence.isEmpty() ? raw : timeOf(events[i]) + sentence});
            lines.append(isRaw() ? m_lines.back().raw : m_lines.back().sentence);
        }
    }
    if (lines.isEmpty()) {
        return;
    }
    while (m_lines.size() > kMostLines) {
        m_lines.pop_front();
    }
    const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    appendPlainText(lines.join(QLatin1Char('\n')));
    if (atEnd) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
}

} // namespace lori::ui
