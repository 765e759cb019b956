// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/about_dialog.h"

#include "database/history.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace lori::ui {

AboutDialog::AboutDialog(QString diagnostics, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About LoRI Workbench"));
    auto* picture = new QLabel(this);
    const int side = fontMetrics().height() * 4;
    picture->setPixmap(QApplication::windowIcon().pixmap(side, side));
    auto* text =
        new QLabel(tr("<h3>LoRI Workbench %1</h3>"
                      "<p>Sets up, watches and compares LoRI fine-tuning experiments (LoRA with a frozen random A and a sparse, "
                      "task-masked B; arXiv 2504.07448).</p>"
                      "<p>Nothing leaves this computer.</p>"
                      "<p>The window: GPL-3.0-or-later. The engine and its command line: Apache-2.0.</p>")
                           .arg(QStringLiteral(LORI_VERSION)) +
                       tr("<p>The history is kept with SQLite %1.</p>").arg(QString::fromStdString(database::sqliteVersion())),
                   this);
    text->setWordWrap(true);
    text->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
    auto* buttons = new QDialogButtonBox(this);
    auto* copy = buttons->addButton(tr("Copy &diagnostics"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyDiagnostics"));
    copy->setToolTip(tr("Versions and facts of this computer for a report of a fault; no names, no paths"));
    connect(copy, &QPushButton::clicked, this, [copy, diagnostics = std::move(diagnostics)] {
        QApplication::clipboard()->setText(diagnostics);
        copy->setText(tr("Copied"));
    });
    buttons->addButton(tr("Cl&ose"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeAbout"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(picture, 0, Qt::AlignHCenter);
    column->addWidget(text);
    column->addWidget(buttons);
}

} // namespace lori::ui
