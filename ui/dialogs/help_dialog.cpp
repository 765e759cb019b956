// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/help_dialog.h"
#include "ui/widgets/fitting.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextTable>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

QString languageFolder()
{
    return QLocale().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

QString titleOf(const QString& markdown)
{
    return markdown.section(QLatin1Char('\n'), 0, 0).remove(QLatin1Char('#')).trimmed();
}

/// Markdown's tables come without lines and close together. Their lines are drawn outside their width, so that 100 % would
/// scroll.
void drawTables(QTextDocument& document)
{
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorderBrush(Qt::gray);
            format.setBorderCollapse(true);
            format.setCellPadding(4);
            format.setWidth(QTextLength(QTextLength::PercentageLength, 99));
            table->setFormat(format);
        }
    }
}

} // namespace

QVector<HelpTopic> HelpDialog::topics(const QString& language)
{
    QDir folder(QStringLiteral(":/help/") + language);
    if (!folder.exists()) {
        folder.setPath(QStringLiteral(":/help/en"));
    }
    QVector<HelpTopic> topics;
    for (const QString& name : folder.entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            const QString text = QString::fromUtf8(file.readAll());
            topics.append({QFileInfo(name).completeBaseName(), titleOf(text), text});
        }
    }
    return topics;
}

QVector<HelpTopic> HelpDialog::topics()
{
    return topics(languageFolder());
}

HelpDialog::HelpDialog(const QString& topic, QWidget* parent) : QDialog(parent), m_topics(topics())
{
    setObjectName(QStringLiteral("helpDialog"));
    setWindowTitle(tr("Help"));
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("helpTopics"));
    m_list->setAccessibleName(tr("Topics"));
    m_list->setWordWrap(true);
    for (const HelpTopic& each : m_topics) {
        m_list->addItem(each.title);
    }
    m_text = new QTextBrowser(this);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Text of the topic"));
    m_text->setOpenLinks(false);
    auto* split = new QSplitter(this);
    split->addWidget(m_list);
    split->addWidget(m_text);
    split->setStretchFactor(1, 1);
    split->setSizes({fontMetrics().averageCharWidth() * 28, fontMetrics().averageCharWidth() * 148});
    split->setChildrenCollapsible(false);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Cl&ose"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeHelp"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &HelpDialog::show);
    auto* column = new QVBoxLayout(this);
    column->addWidget(split, 1);
    column->addWidget(buttons);
    resizeWithinParent(*this, {fontMetrics().averageCharWidth() * 180, fontMetrics().height() * 42});
    int row = 0;
    while (row < m_topics.size() && !m_topics[row].file.endsWith(topic)) {
        ++row;
    }
    m_list->setCurrentRow(row < m_topics.size() ? row : 0);
}

void HelpDialog::show(int topic)
{
    if (topic >= 0 && topic < m_topics.size()) {
        m_text->setMarkdown(m_topics[topic].text);
        drawTables(*m_text->document());
        m_text->moveCursor(QTextCursor::Start);
    }
}

} // namespace lori::ui
