// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_table_model.h"

#include "ui/icons.h"
#include "ui/services/error_text.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QGuiApplication>
#include <QLocale>

namespace lori::ui {

namespace {

/// A number of the facts; missing while they are not known.
QVariant numberOf(const ModelEntry& entry, std::int64_t value)
{
    return entry.facts ? QVariant::fromValue<qlonglong>(value) : QVariant();
}

} // namespace

std::vector<TableColumn<ModelEntry>> ModelTableModel::columnsOfFacts()
{
    std::vector<TableColumn<ModelEntry>> columns;
    columns.push_back({.id = QStringLiteral("name"),
                       .title = [] { return tr("Model"); },
                       .text = [](const ModelEntry& entry) { return Text::model(entry.name); },
                       .icon =
                           [](const ModelEntry& entry) {
                               return lori::ui::icon(stateIcon(entry));
                           }});
    columns.push_back({.id = QStringLiteral("state"), .title = [] { return tr("State"); }, .text = stateText});
    columns.push_back({.id = QStringLiteral("family"),
                       .title = [] { return tr("Family"); },
                       .text =
                           [](const ModelEntry& entry) {
                               return entry.facts ? QString::fromStdString(entry.facts->config.family) : QString();
                           }});
    columns.push_back({.id = QStringLiteral("size"),
                       .title = [] { return tr("Size"); },
                       .text =
                           [](const ModelEntry& entry) {
                               return entry.facts ? Text::bytes(static_cast<double>(entry.facts->bytes)) : QString();
                           },
                       .value = [](const ModelEntry& entry) { return numberOf(entry, entry.facts ? entry.facts->bytes : 0); },
                       .right = true});
    columns.push_back(
        {.id = QStringLiteral("layers"),
         .title = [] { return tr("Layers"); },
         .text =
             [](const ModelEntry& entry) {
                 return entry.facts ? QLocale().toString(entry.facts->config.shape.layers) : QString();
             },
         .value = [](const ModelEntry& entry) { return numberOf(entry, entry.facts ? entry.facts->config.shape.layers : 0); },
         .right = true});
    columns.push_back(
        {.id = QStringLiteral("context"),
         .title = [] { return tr("Context"); },
         .text =
             [](const ModelEntry& entry) {
                 return entry.facts ? QLocale().toString(entry.facts->config.contextLength) : QString();
             },
         .value = [](const ModelEntry& entry) { return numberOf(entry, entry.facts ? entry.facts->config.contextLength : 0); },
         .right = true});
    columns.push_back({.id = QStringLiteral("tokenizer"),
                       .title = [] { return tr("Tokenizer"); },
                       .text =
                           [](const ModelEntry& entry) {
                               return entry.facts ? tr("%1 tokens").arg(Text::count(static_cast<double>(entry.facts->tokens)))
                                                  : QString();
                           },
                       .value = [](const ModelEntry& entry) { return numberOf(entry, entry.facts ? entry.facts->tokens : 0); },
                       .right = true});
    return columns;
}

ModelTableModel::ModelTableModel(QObject* parent) : TableModel(parent)
{
    std::vector<TableColumn<ModelEntry>> columns = columnsOfFacts();
    const auto pathOf = [](const ModelEntry& entry) {
        return QString::fromStdString(entry.path.string());
    };
    columns.push_back({.id = QStringLiteral("runs"),
                       .title = [] { return tr("Used by"); },
                       .text = [this](const ModelEntry& entry) { return tr("%n run(s)", nullptr, usesOf(entry)); },
                       .value = [this](const ModelEntry& entry) { return QVariant(usesOf(entry)); },
                       .right = true});
    columns.push_back({.id = QStringLiteral("where"), .title = [] { return tr("Where"); }, .text = pathOf});
    reset(std::move(columns));
}

void ModelTableModel::setEntries(std::vector<ModelEntry> entries)
{
    replaceRows(std::move(entries));
}

void ModelTableModel::setUses(QHash<QString, int> runs)
{
    m_uses = std::move(runs);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

int ModelTableModel::usesOf(const ModelEntry& entry) const
{
    const QString path = QString::fromStdString(entry.path.string());
    return m_uses.value(entry.name) + (path != entry.name ? m_uses.value(path) : 0);
}

int ModelTableModel::rowOf(const QString& name) const
{
    const auto found = std::find_if(rows().begin(), rows().end(), [&](const auto& entry) { return entry.name == name; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

QString ModelTableModel::stateText(const ModelEntry& entry)
{
    switch (entry.state) {
    case ModelState::Checking:
        return tr("checking…");
    case ModelState::Ready:
        return tr("Ready");
    case ModelState::Missing:
        return tr("not found");
    case ModelState::Refused:
        break;
    }
    return tr("cannot be used: %1").arg(entry.problem ? ErrorText::sentence(*entry.problem) : QString());
}

QString ModelTableModel::stateIcon(const ModelEntry& entry)
{
    switch (entry.state) {
    case ModelState::Checking:
        return QStringLiteral("waiting");
    case ModelState::Ready:
        return QStringLiteral("done");
    case ModelState::Missing:
    case ModelState::Refused:
        break;
    }
    return QStringLiteral("warning");
}

QVariant ModelTableModel::rowData(const ModelEntry& entry, int role) const
{
    switch (role) {
    case TableRole::Id:
        return entry.name;
    case TableRole::Search:
        return QStringList{entry.name, Text::model(entry.name), QString::fromStdString(entry.path.string())}
            .join(QLatin1Char(' '))
            .toCaseFolded();
    case Qt::ForegroundRole:
        if (entry.state == ModelState::Missing || entry.state == ModelState::Refused) {
            const Tone tone = entry.state == ModelState::Missing ? Tone::Caution : Tone::Alarm;
            return toneColour(tone, QGuiApplication::palette());
        }
        return {};
    default:
        return {};
    }
}

} // namespace lori::ui
