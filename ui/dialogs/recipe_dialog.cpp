// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/recipe_dialog.h"

#include "core/support/files.h"
#include "ui/services/error_text.h"

#include "ui/widgets/fitting.h"
#include <nlohmann/json.hpp>

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace lori::ui {

QString RecipeDialog::fileName(const experiment::RunConfig& config)
{
    QString name;
    for (const QChar c : QString::fromStdString(config.name).toLower()) {
        const bool plain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        if (plain) {
            name += c;
        } else if (!name.endsWith(QLatin1Char('-')) && !name.isEmpty()) {
            name += QLatin1Char('-');
        }
    }
    while (name.endsWith(QLatin1Char('-'))) {
        name.chop(1);
    }
    return (name.isEmpty() ? QStringLiteral("recipe") : name) + QStringLiteral(".json");
}

QString RecipeDialog::commandLine(const experiment::RunConfig& config)
{
    return QStringLiteral("lori run --config %1").arg(fileName(config));
}

RecipeDialog::RecipeDialog(const experiment::RunConfig& config, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("recipeDialog"));
    setWindowTitle(tr("Recipe of “%1”").arg(QString::fromStdString(config.name)));
    const QString json = QString::fromStdString(experiment::toJson(config).dump(2));
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);

    auto* explanation =
        new QLabel(tr("This file and this line do the same as the Start button. Nothing else influences the numbers."), this);
    explanation->setWordWrap(true);
    auto* text = new QPlainTextEdit(json, this);
    text->setObjectName(QStringLiteral("recipeJson"));
    text->setAccessibleName(tr("Configuration as JSON"));
    text->setReadOnly(true);
    text->setFont(fixed);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setTabChangesFocus(true);
    auto* line = new QLineEdit(commandLine(config), this);
    line->setObjectName(QStringLiteral("recipeCommand"));
    line->setAccessibleName(tr("Command line"));
    line->setReadOnly(true);
    line->setFont(fixed);
    auto* label = new QLabel(tr("Command &line"), this);
    label->setBuddy(line);

    auto* buttons = new QDialogButtonBox(this);
    auto* copyJson = buttons->addButton(tr("&Copy JSON"), QDialogButtonBox::ActionRole);
    auto* copyLine = buttons->addButton(tr("Copy co&mmand"), QDialogButtonBox::ActionRole);
    auto* saveAs = buttons->addButton(tr("&Save as…"), QDialogButtonBox::ActionRole);
    auto* close = buttons->addButton(tr("Cl&ose"), QDialogButtonBox::RejectRole);
    copyJson->setObjectName(QStringLiteral("copyJson"));
    copyLine->setObjectName(QStringLiteral("copyCommand"));
    saveAs->setObjectName(QStringLiteral("saveRecipe"));
    close->setObjectName(QStringLiteral("closeRecipe"));
    connect(copyJson, &QPushButton::clicked, this, [json] { QGuiApplication::clipboard()->setText(json); });
    connect(copyLine, &QPushButton::clicked, this, [line] { QGuiApplication::clipboard()->setText(line->text()); });
    connect(saveAs, &QPushButton::clicked, this, [this, json, name = fileName(config)] { save(json, name); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->addWidget(explanation);
    column->addWidget(text, 1);
    column->addWidget(label);
    column->addWidget(line);
    column->addWidget(buttons);
    resizeWithinParent(*this, {fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 32});
}

void RecipeDialog::save(const QString& json, const QString& name)
{
    // Not of this dialog, which deletes itself when it is closed: the other would be deleted with it while it is still at work.
    const QPointer<RecipeDialog> alive(this);
    const QString file = QFileDialog::getSaveFileName(parentWidget(), tr("Save the recipe"), name, tr("Recipes (*.json)"));
    if (!alive || file.isEmpty()) {
        return;
    }
    if (const auto written = writeFileAtomically(file.toStdString(), json.toStdString() + "\n"); !written) {
        auto* problem = new QLabel(ErrorText::sentence(written.error()), this);
        problem->setObjectName(QStringLiteral("saveProblem"));
        problem->setWordWrap(true);
        layout()->addWidget(problem);
    }
}

} // namespace lori::ui
