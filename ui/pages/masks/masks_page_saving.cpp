// SPDX-License-Identifier: GPL-3.0-or-later
// What the Masks page shows, into a file: the picture, or its numbers.
#include "core/formats/mask_pools.h"
#include "core/vocabulary/words.h"
#include "ui/frame/message_bar.h"
#include "ui/models/b_matrix_model.h"
#include "ui/models/csv_field.h"
#include "ui/models/mask_table_model.h"
#include "ui/models/mask_words.h"
#include "ui/pages/masks/mask_controls.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/services/app_context.h"
#include "ui/widgets/b_matrix_view.h"

#include <QAbstractItemModel>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QSaveFile>

namespace lori::ui {

namespace {

/// The widget as it is drawn, at twice the screen's density, under a line that says what it is.
QImage pictureOf(QWidget& shown, const QString& title)
{
    constexpr double kScale = 2;
    const int line = shown.fontMetrics().height() * 2;
    QImage image(QSize(shown.width(), shown.height() + line) * kScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    image.fill(shown.palette().color(QPalette::Base));
    QPainter painter(&image);
    painter.setPen(shown.palette().color(QPalette::Text));
    painter.drawText(QRectF(8, 0, shown.width() - 16, line), Qt::AlignLeft | Qt::AlignVCenter, title);
    shown.render(&painter, QPoint(0, line));
    return image;
}

/// The values behind the table: all digits, whatever the language.
QByteArray csvOf(const QAbstractItemModel& model)
{
    QString text;
    for (int row = -1; row < model.rowCount(); ++row) {
        QStringList fields;
        for (int column = 0; column < model.columnCount(); ++column) {
            fields << csvValue(row < 0 ? model.headerData(column, Qt::Horizontal)
                                       : model.index(row, column).data(TableRole::Sort));
        }
        text += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text.toUtf8();
}

} // namespace

QString MasksPage::listTitle(const MaskSource& source)
{
    QString title = QString::fromStdString(source.title);
    static const QRegularExpression folder(QStringLiteral("(\\d+)-lori-d\\b"));
    if (const auto found = folder.match(title); found.hasMatch()) {
        title.replace(found.capturedStart(), found.capturedLength(), tr("LoRI-D, stage %1").arg(found.captured(1).toInt() + 1));
    }
    return titleWithDate(title, source.runId);
}

QString MasksPage::shownTitle() const
{
    const QString title = listTitle(m_loaded->source);
    return m_cell ? title + tr(" · layer %1 · %2").arg(m_cell->layer).arg(moduleTitle(m_cell->projection)) : title;
}

std::optional<std::int64_t> MasksPage::askedFor() const
{
    double sparsity = m_controls->sparsity();
    MaskScope scope = m_controls->scope();
    if (m_controls->view() == MaskControls::View::Stored) {
        const auto rule = fromWord<MaskRule>(m_loaded->mask->rule);
        const auto stored = fromWord<MaskScope>(m_loaded->mask->scope);
        if (!rule || *rule != MaskRule::Reference || !stored) {
            return std::nullopt;
        }
        sparsity = m_loaded->mask->sparsity;
        scope = *stored;
    }
    std::int64_t asked = 0;
    for (const analysis::PoolKept& pool : analysis::keptByPool(m_summary, scope)) {
        asked += formats::keptOf(sparsity, pool.total);
    }
    return asked;
}

/// The numbers of an opened B can be hundreds of thousands: they go into a file.
void MasksPage::copyShown()
{
    if (!m_loaded || m_summary.modules.empty()) {
        m_context.messages->post(Tone::Quiet, tr("There is nothing to copy yet."));
        return;
    }
    auto* copied = new QMimeData;
    copied->setImageData(pictureOf(m_cell ? static_cast<QWidget&>(*m_matrix) : *m_map, shownTitle()));
    if (!m_cell) {
        copied->setText(QString::fromUtf8(csvOf(*m_mapModel)));
    }
    QGuiApplication::clipboard()->setMimeData(copied); // which owns it now
    m_context.messages->post(Tone::Good, m_cell ? tr("The picture is in the clipboard. Save … writes its numbers.")
                                                : tr("The picture and its numbers are in the clipboard."));
}

QString MasksPage::saveAs(const QString& file)
{
    if (!m_loaded || m_summary.modules.empty()) {
        return tr("There is nothing to save yet.");
    }
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending != QLatin1String("png") && ending != QLatin1String("csv")) {
        return tr("%1 was not written: a name ends in .png or .csv").arg(file);
    }
    QSaveFile out(file);
    bool written = out.open(QIODevice::WriteOnly);
    if (written && ending == QLatin1String("csv")) {
        written = out.write(m_cell ? m_matrixModel->toCsv() : csvOf(*m_mapModel)) >= 0;
    } else if (written) {
        QWidget& shown = m_cell ? static_cast<QWidget&>(*m_matrix) : *m_map;
        written = pictureOf(shown, shownTitle()).save(&out, "PNG");
    }
    return written && out.commit() ? QString() : tr("Cannot save %1: %2").arg(file, out.errorString());
}

void MasksPage::askWhereToSave()
{
    const QString proposed = m_cell
                                 ? QStringLiteral("mask-layer%1-%2.png").arg(m_cell->layer).arg(moduleTitle(m_cell->projection))
                                 : QStringLiteral("mask.png");
    const QString file = QFileDialog::getSaveFileName(this, tr("Save picture"), proposed, tr("Picture (*.png);;Numbers (*.csv)"));
    if (file.isEmpty()) {
        return;
    }
    const QString problem = saveAs(file);
    m_context.messages->post(problem.isEmpty() ? Tone::Good : Tone::Alarm,
                             problem.isEmpty() ? tr("Saved: %1").arg(file) : problem);
}

} // namespace lori::ui
