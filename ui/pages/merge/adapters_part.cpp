// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/adapters_part.h"

#include "ui/frame/adapter_picker.h"

#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace lori::ui {

MergeAdaptersPart::MergeAdaptersPart(AdapterCatalog& catalog, QWidget* parent) : MergePart(parent)
{
    setObjectName(QStringLiteral("mergeAdapters"));
    m_picker = new AdapterPicker(catalog, AdapterPicker::Choice::Several, body());
    m_picker->setObjectName(QStringLiteral("mergePicker"));
    m_picker->setFixedHeight(fontMetrics().height() * 12);
    setFocusProxy(m_picker->table());
    m_checks = makeLine("mergeChecks");
    m_checks->setTextFormat(Qt::RichText);
    column()->addWidget(m_picker);
    column()->addWidget(m_checks);
    connect(m_picker, &AdapterPicker::changed, this, &MergeAdaptersPart::changed);
    setWaiting({});
    retranslate();
}

std::vector<std::filesystem::path> MergeAdaptersPart::chosen() const
{
    return m_picker->chosen();
}

void MergeAdaptersPart::choose(const std::vector<std::filesystem::path>& folders)
{
    m_picker->choose(folders);
}

void MergeAdaptersPart::showChecks(std::vector<MergeCheck> checks)
{
    m_shown = std::move(checks);
    recolour();
}

void MergeAdaptersPart::recolour()
{
    if (m_checks == nullptr) {
        return;
    }
    QStringList lines;
    QStringList spoken;
    for (const MergeCheck& check : m_shown) {
        lines.append(
            QStringLiteral("<span style=\"color:%1\">%2</span>&nbsp;%3")
                .arg(toneColour(check.tone, palette()).name(), MergeChecks::symbol(check.tone), check.text.toHtmlEscaped()));
        spoken.append(check.text);
    }
    m_checks->setText(lines.join(QStringLiteral("<br>")));
    m_checks->setAccessibleName(spoken.join(QLatin1Char(' ')));
}

void MergeAdaptersPart::retranslate()
{
    setTitle(tr("1 · Adapters"));
}

} // namespace lori::ui
