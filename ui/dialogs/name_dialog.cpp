// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/name_dialog.h"

#include "ui/widgets/fitting.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace lori::ui {

NameDialog::NameDialog(const Words& words, const QString& name, std::function<Judgement(const QString&)> judge, QWidget* parent)
    : QDialog(parent), m_judge(std::move(judge)), m_name(new QLineEdit(name, this)), m_remark(new QLabel(this))
{
    setObjectName(QStringLiteral("nameDialog"));
    setWindowTitle(words.title);
    QString plain = words.label;
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setAccessibleName(plain.remove(QLatin1Char('&')));
    m_name->selectAll();
    auto* label = new QLabel(words.label, this);
    label->setBuddy(m_name);
    m_remark->setObjectName(QStringLiteral("nameRemark"));
    m_remark->setWordWrap(true);
    m_remark->setMinimumHeight(m_remark->fontMetrics().lineSpacing() * 2); // the window does not jump when it speaks
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_use = buttons->addButton(words.button, QDialogButtonBox::AcceptRole);
    m_use->setObjectName(QStringLiteral("useName"));
    m_use->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(label);
    column->addWidget(m_name);
    column->addWidget(m_remark);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &NameDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QString called = m_name->text().trimmed();
        accept();
        Q_EMIT chosen(called);
    });
    check();
    const int wide = fontMetrics().horizontalAdvance(QLatin1Char('x')) * 56;
    resizeWithinParent(*this, {wide, sizeHint().height()});
    m_name->setFocus();
}

void NameDialog::check()
{
    const Judgement found = m_judge(m_name->text().trimmed());
    m_remark->setText(found.problem.isEmpty() ? found.remark : found.problem);
    m_use->setEnabled(found.problem.isEmpty());
}

} // namespace lori::ui
