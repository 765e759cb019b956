// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/adapter_dialog.h"

#include "ui/frame/adapter_picker.h"
#include "ui/services/adapter_catalog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kLetters = 90; // wide
constexpr int kLines = 20;   // high

bool haveOneBase(const KnownAdapter& a, const KnownAdapter& b)
{
    if (!a.baseFingerprint.empty() && !b.baseFingerprint.empty()) {
        return a.baseFingerprint == b.baseFingerprint;
    }
    return true; // one was made elsewhere: attaching it tells
}

} // namespace

AdapterDialog::AdapterDialog(AdapterCatalog& catalog, const std::vector<std::filesystem::path>& chosen, QWidget* parent)
    : QDialog(parent), m_catalog(catalog)
{
    setObjectName(QStringLiteral("tryAdapterDialog"));
    setWindowTitle(tr("Adapters to try"));
    m_picker = new AdapterPicker(catalog, AdapterPicker::Choice::Several, this);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("tryAdapterNote"));
    m_note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("Put side by side"), QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(QStringLiteral("tryAdapterAccept"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_picker, 1);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * kLetters, fontMetrics().lineSpacing() * kLines);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_picker, &AdapterPicker::changed, this, &AdapterDialog::judge);
    m_picker->choose(chosen);
    judge();
}

std::vector<std::filesystem::path> AdapterDialog::chosen() const
{
    return m_picker->chosen();
}

void AdapterDialog::judge()
{
    const auto folders = m_picker->chosen();
    std::vector<const KnownAdapter*> known;
    for (const auto& folder : folders) {
        if (const KnownAdapter* adapter = m_catalog.find(folder)) {
            known.push_back(adapter);
        }
    }
    const bool mixed = std::any_of(known.begin(), known.end(),
                                   [&](const KnownAdapter* adapter) { return !haveOneBase(*known.front(), *adapter); });
    QString problem;
    if (folders.size() > kMost) {
        problem = tr("%1 are chosen; at most %2 fit beside the base.").arg(folders.size()).arg(kMost);
    } else if (mixed) {
        problem = tr("These adapters belong to different base models; choose adapters of one.");
    }
    m_accept->setEnabled(problem.isEmpty());
    m_accept->setToolTip(problem);
    m_note->setText(!problem.isEmpty() ? problem
                    : folders.empty()
                        ? tr("None is chosen: the base model answers alone.")
                        : tr("%n of 3 chosen; the base model answers beside them.", nullptr, static_cast<int>(folders.size())));
}

} // namespace lori::ui
