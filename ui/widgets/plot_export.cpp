// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_export.h"

#include "ui/widgets/plot_view.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDate>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <vector>

namespace lori::ui {
namespace {

QString number(double value)
{
    return QString::number(value, 'g', 17);
}

QString quoted(const QString& text)
{
    QString inner = text;
    return QLatin1Char('"') + inner.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

constexpr double kEdge = 8;
constexpr double kBeside = 6;   // between a sample and its name
constexpr double kBetween = 18; // series of a legend

/// Title line above, as many legend lines below as the series need; the size of the whole picture in logical pixels.
struct PictureLayout {
    double line = 0;
    QSizeF plot;                 ///< eight to five whatever the window gives it: a strip would be hard to read in a report
    std::vector<QPointF> legend; ///< where each visible series begins, from the legend's corner
    QSizeF size;
    explicit PictureLayout(const PlotView& view)
        : line(view.fontMetrics().height() * 1.6), plot(view.fontMetrics().height() * 56, view.fontMetrics().height() * 35)
    {
        QPointF place(kEdge, 0);
        for (const PlotSeries& series : view.series()) {
            if (series.visible) {
                const double width = line + kBeside + view.fontMetrics().horizontalAdvance(series.name);
                if (place.x() > kEdge && place.x() + width > plot.width() - kEdge) {
                    place = {kEdge, place.y() + line};
                }
                legend.push_back(place);
                place.rx() += width + kBetween;
            }
        }
        size = QSizeF(plot.width(), plot.height() + 2 * line + place.y());
    }
};

void paintPicture(QPainter& painter, PlotView& view, const QString& title, const PictureLayout& layout)
{
    const QPalette palette = view.palette();
    painter.fillRect(QRectF(QPointF(0, 0), layout.size), palette.color(QPalette::Base));
    painter.setPen(palette.color(QPalette::Text));
    QFont bold = view.font();
    bold.setBold(true);
    painter.setFont(bold);
    const QRectF head(kEdge, 0, layout.size.width() - 2 * kEdge, layout.line);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(view.font());
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, QDate::currentDate().toString(Qt::ISODate));
    view.render(painter, QRectF(QPointF(0, layout.line), layout.plot));
    const QPointF corner(0, layout.line + layout.plot.height());
    auto place = layout.legend.begin();
    for (const PlotSeries& series : view.series()) {
        if (series.visible) {
            const QPointF at = corner + *place++;
            paintSample(painter, QRectF(at, QSizeF(layout.line, layout.line)), series.style, palette);
            painter.setPen(palette.color(QPalette::Text));
            painter.drawText(QRectF(at + QPointF(layout.line + kBeside, 0), QSizeF(layout.size.width(), layout.line)),
                             Qt::AlignLeft | Qt::AlignVCenter, series.name);
        }
    }
}

QString saveSvg(PlotView& view, const QString& title, const QString& file)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return out.errorString();
    }
    const PictureLayout layout(view);
    QSvgGenerator generator;
    generator.setOutputDevice(&out);
    generator.setSize(layout.size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), layout.size));
    generator.setTitle(title);
    QPainter painter(&generator);
    paintPicture(painter, view, title, layout);
    painter.end();
    return out.commit() ? QString() : out.errorString();
}

QString savePdf(PlotView& view, const QString& title, const QString& file)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return out.errorString();
    }
    const PictureLayout layout(view);
    QPdfWriter writer(&out);
    writer.setTitle(title);
    writer.setPageSize(QPageSize(layout.size * 0.75, QPageSize::Point, QString(), QPageSize::ExactMatch)); // 96 against 72 a inch
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    QPainter painter(&writer);
    painter.scale(writer.width() / layout.size.width(), writer.height() / layout.size.height());
    paintPicture(painter, view, title, layout);
    painter.end();
    return out.commit() ? QString() : out.errorString();
}

QString saveBytes(const QString& file, const std::function<bool(QIODevice*)>& write)
{
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && write(&out) && out.commit() ? QString() : out.errorString();
}

} // namespace

QString plotToCsv(const PlotView& view)
{
    QString text = QStringLiteral("series,x,y,low,high\n");
    const bool named = !view.frame().categories.isEmpty();
    for (const PlotSeries& series : view.series()) {
        if (!series.visible) {
            continue;
        }
        auto interval = series.band.begin(); // both are sorted by x
        for (const PlotPoint& point : series.points) {
            while (interval != series.band.end() && interval->x < point.x) {
                ++interval;
            }
            const bool known = interval != series.band.end() && interval->x == point.x;
            text += quoted(series.name) + QLatin1Char(',') + (named ? quoted(view.frame().xText(point.x)) : number(point.x)) +
                    QLatin1Char(',') + number(point.y) + QLatin1Char(',') + (known ? number(interval->low) : QString()) +
                    QLatin1Char(',') + (known ? number(interval->high) : QString()) + QLatin1Char('\n');
        }
    }
    return text;
}

QImage plotToImage(PlotView& view, const QString& title)
{
    constexpr double kScale = 2;
    const PictureLayout layout(view);
    QImage image((layout.size * kScale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(kScale);
    QPainter painter(&image);
    paintPicture(painter, view, title, layout);
    return image;
}

QString savePlot(PlotView& view, const QString& title, const QString& file)
{
    QString problem;
    const QString ending = QFileInfo(file).suffix().toLower();
    if (ending == QLatin1String("pdf")) {
        problem = savePdf(view, title, file);
    } else if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        problem = saveSvg(view, title, file);
    } else if (file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
        problem = saveBytes(file, [&](QIODevice* out) { return out->write(plotToCsv(view).toUtf8()) >= 0; });
    } else if (ending == QLatin1String("png")) {
        problem = saveBytes(file, [&](QIODevice* out) { return plotToImage(view, title).save(out, "PNG"); });
    } else {
        return QCoreApplication::translate("PlotExport", "%1 was not written: a name ends in .png, .svg, .pdf or .csv").arg(file);
    }
    return problem.isEmpty() ? QString() : QCoreApplication::translate("PlotExport", "Cannot save %1: %2").arg(file, problem);
}

void copyPlot(PlotView& view, const QString& title)
{
    auto* content = new QMimeData; // the clipboard takes it
    content->setImageData(plotToImage(view, title));
    content->setText(plotToCsv(view));
    QGuiApplication::clipboard()->setMimeData(content);
}

} // namespace lori::ui
