// SPDX-License-Identifier: Apache-2.0
// Files that people really bring: packed, wrapped, written by pandas; and files that are something else.
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "core/tasks/gzip_text.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::tasks;

namespace {

/// gzip of {"question":"q","answer":"a"} and a line feed.
const QByteArray kGzip =
    QByteArray::fromHex("1f8b08000000000002ffab562a2c4d2d2ec9cccf53b2522a54d2514acc2b2e4f2d027212956ab9003acb83381e000000");
const Row kRow{"q", "", "a"};

} // namespace

class FileKindsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void oneRowIsReadFromEveryForm_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("note");
        const QByteArray row = R"({"question":"q","answer":"a"})";
        QTest::newRow("gzip") << "a.jsonl.gz" << kGzip << "";
        QTest::newRow("gzip under another name") << "a.jsonl" << kGzip << "";
        QTest::newRow("one object") << "a.json" << row << "";
        QTest::newRow("pretty") << "a.json" << QByteArray("{\n  \"question\": \"q\",\n  \"answer\": \"a\"\n}\n") << "";
        QTest::newRow("pretty list") << "a.json"
                                     << "[\n " + row + "\n]\n"
                                     << "";
        QTest::newRow("list in .jsonl") << "a.jsonl"
                                        << "[" + row + "]"
                                        << "list_in_lines";
        QTest::newRow("data") << "a.json"
                              << R"({"version":1,"data":[)" + row + "]}"
                              << "wrapper";
        QTest::newRow("train first") << "a.json"
                                     << R"({"test":[{"x":1}],"train":[)" + row + "]}"
                                     << "wrapper";
        QTest::newRow("another single name") << "a.json"
                                             << R"({"pairs":[)" + row + "]}"
                                             << "wrapper";
        QTest::newRow("data in .jsonl") << "a.jsonl"
                                        << R"({"data":[)" + row + "]}\n"
                                        << "wrapper";
        QTest::newRow("the hub's viewer") << "a.json"
                                          << R"({"features":[{"name":"question"}],"rows":[{"row_idx":0,"row":)" + row +
                                                 R"(,"truncated_cells":[]}],"num_rows_total":7})"
                                          << "viewer_rows";
        QTest::newRow("columns") << "a.json" << QByteArray(R"({"question":["q"],"answer":["a"]})") << "columns";
        QTest::newRow("pandas' columns") << "a.json" << QByteArray(R"({"question":{"0":"q"},"answer":{"0":"a"}})") << "columns";
        QTest::newRow("pandas' index") << "a.json"
                                       << R"({"0":)" + row + "}"
                                       << "";
        QTest::newRow("pandas' split") << "a.json"
                                       << QByteArray(R"({"columns":["question","answer"],"index":[0],"data":[["q","a"]]})") << "";
        QTest::newRow("pandas' CSV") << "a.csv" << QByteArray(",question,answer\n0,q,a\n") << "index_column";
        QTest::newRow("pandas' CSV, twice") << "a.csv" << QByteArray("Unnamed: 0,question,answer\n0,q,a\n") << "index_column";
        QTest::newRow("empty columns at the end") << "a.csv" << QByteArray("question,answer,,\nq,a,,\n") << "";
        QTest::newRow("Excel's first line") << "a.csv" << QByteArray("sep=;\r\nquestion;answer\r\nq;a\r\n") << "";
        QTest::newRow("an old Mac's line ends") << "a.csv" << QByteArray("question,answer\rq,a\r") << "";
        QTest::newRow("bars") << "a.csv" << QByteArray("question|answer\nq|a\n") << "";
        QTest::newRow("a quoted separator in the header")
            << "a.csv" << QByteArray("\"question\";\"answer\";\"a,b,c\"\nq;a;x\n") << "unused_columns";
        QTest::newRow("blanks in the header") << "a.csv" << QByteArray("question, answer\nq,a\n") << "";
        QTest::newRow("NaN") << "a.jsonl" << QByteArray(R"({"question":"q","input":NaN,"answer":"a","score":-Infinity})")
                             << "nan";
        QTest::newRow("JSON lines in .txt") << "a.txt" << row + "\n"
                                            << "";
    }
    void oneRowIsReadFromEveryForm()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, note);
        const auto data = read(name, bytes);
        QVERIFY2(data.has_value(), data ? "" : data.error().sentence().c_str());
        QCOMPARE(data->rows.size(), std::size_t{1});
        QVERIFY(data->rows[0] == kRow);
        QVERIFY(note.isEmpty() || hasNote(*data, note.toStdString()));
    }

    void severalPrettyPrintedObjectsAreRows()
    {
        const QByteArray two = "{\n\"question\": \"q\",\n\"answer\": \"a\"\n}\n{\n\"question\": \"{\",\n\"answer\": \"}\"\n}\n";
        const DataFile data = read("a.jsonl", two).value();
        QCOMPARE(data.rows.size(), std::size_t{2});
        QVERIFY((data.rows[1] == Row{"{", "", "}"}));
        const auto torn = read("a.jsonl", two + "{\n\"question\": \"q\",\n");
        QVERIFY(!torn.has_value());
        QVERIFY2(torn.error().where.ends_with(":9"), torn.error().where.c_str());
    }

    void aRowWithListsBesideItsTurnsIsNoWrapper()
    {
        const DataFile data = read("a.json", R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],)"
                                             R"("tools":[{"name":"x"}]})")
                                  .value();
        QVERIFY(data.rows[0] == kRow);
        QCOMPARE(data.unused, std::vector<std::string>{"tools"});
    }

    void numberedRowsKeepTheirOrder()
    {
        QByteArray text = "{";
        for (int i = 0; i < 12; ++i) {
            const QByteArray number = QByteArray::number(i);
            text += (i == 0 ? "\"" : ",\"") + number + "\":{\"question\":\"q" + number + "\",\"answer\":\"a\"}";
        }
        const DataFile data = read("a.json", text + "}").value();
        QCOMPARE(data.rows.size(), std::size_t{12});
        QCOMPARE(data.rows[10].instruction, std::string("q10"));
    }

    void filesOfAnotherKindAreNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        const auto zip = [](const char* inside) {
            return QByteArray("PK\x03\x04\x14\x00\x00\x00", 8) + inside + QByteArray(40, '\0');
        };
        QTest::newRow("xlsx") << "a.xlsx" << zip("xl/workbook.xml") << "Excel";
        QTest::newRow("xlsx named csv") << "a.csv" << zip("xl/worksheets/sheet1.xml") << "Excel";
        QTest::newRow("ods") << "a.ods" << zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet") << "LibreOffice";
        QTest::newRow("zip") << "a.zip" << zip("train.jsonl") << "ZIP";
        QTest::newRow("pt") << "a.pt" << zip("archive/data.pkl") << "PyTorch";
        QTest::newRow("zst") << "a.jsonl.zst" << QByteArray("\x28\xb5\x2f\xfd\x00", 5) << "zstd";
        QTest::newRow("bz2") << "a.jsonl.bz2" << QByteArray("BZh91AY") << "bzip2";
        QTest::newRow("xz") << "a.xz" << QByteArray("\xfd\x37zXZ\x00\x00", 7) << "xz";
        QTest::newRow("old Excel") << "a.xls" << QByteArray("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") << "old Excel";
        QTest::newRow("pickle") << "a.pkl" << QByteArray("\x80\x04\x95") << "pickle";
        QTest::newRow("pickle by ending") << "a.pkl" << QByteArray("(lp0") << "pickle";
        QTest::newRow("PDF") << "a.pdf" << QByteArray("%PDF-1.7\n") << "PDF";
        QTest::newRow("web page") << "a.jsonl" << QByteArray("\n<!DOCTYPE html>\n<html><body>x</body>") << "web page";
        QTest::newRow("web page named csv") << "a.csv" << QByteArray("<html lang=\"en\">") << "web page";
        QTest::newRow("git-lfs") << "a.jsonl" << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n")
                                 << "git-lfs";
        QTest::newRow("safetensors") << "a.safetensors" << QByteArray("\x02\0\0\0\0\0\0\0{}      ", 16) << "safetensors";
        QTest::newRow("GGUF") << "a.gguf" << QByteArray("GGUF\x03\0\0\0", 8) << "GGUF";
        QTest::newRow("SQLite") << "a.db" << QByteArray("SQLite format 3\0", 16) << "SQLite";
        QTest::newRow("text") << "a.txt" << QByteArray("Once upon a time.\n") << "plain text";
        QTest::newRow("YAML") << "a.yaml" << QByteArray("- question: q\n") << "YAML";
        QTest::newRow("tar") << "a.tar" << QByteArray(257, 'x') + "ustar"
                             << "tar";
        QTest::newRow("Feather 1") << "a.feather" << QByteArray("FEA1\0\0\0\0", 8) << "Feather";
    }
    void filesOfAnotherKindAreNamed()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        const auto data = read(name, bytes);
        QVERIFY(!data.has_value());
        QCOMPARE(data.error().code, ErrorCode::Unsupported);
        QVERIFY2(data.error().what.find(said.toStdString()) != std::string::npos, data.error().what.c_str());
        QVERIFY(!data.error().hint.empty());
    }

    void brokenTextIsNamedWithWhatToDo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("UTF-16 without a mark") << "a.csv" << QByteArray("q\0,\0a\0\n\0", 8) << "UTF-16";
        QTest::newRow("Latin-1") << "a.csv" << QByteArray("question,answer\nq,caf\xe9\n") << "line 2, byte 6 (0xE9)";
        QTest::newRow("zero bytes") << "a.csv" << QByteArray("question\0,answer\n", 17) << "no text";
        QTest::newRow("server's error") << "a.json" << QByteArray(R"({"error":"Entry not found"})") << "Entry not found";
        QTest::newRow("several lists") << "a.json" << QByteArray(R"({"dev":[{"a":1}],"eval":[{"a":1}]})") << "dev, eval";
        QTest::newRow("cut by the viewer") << "a.json"
                                           << QByteArray(R"({"rows":[{"row_idx":4,"row":{"a":1},"truncated_cells":["a"]}]})")
                                           << "row 4";
        QTest::newRow("Python's quotes") << "a.jsonl" << QByteArray("{'question': 'q', 'answer': 'a'}\n") << "single quotes";
        QTest::newRow("NaN as an answer") << "a.jsonl" << QByteArray("{\"question\":\"q\",\"answer\":NaN}\n") << "NaN";
        QTest::newRow("cut gzip") << "a.jsonl.gz" << kGzip.left(kGzip.size() - 12) << "cut off";
        QTest::newRow("damaged gzip") << "a.jsonl.gz" << kGzip.left(12) + "xxxxxxxxxxxxxxx" + kGzip.mid(27) << "gzip";
        QTest::newRow("text in a column without a name") << "a.csv" << QByteArray("question,answer,\nq,a,b\n") << "no name";
        QTest::newRow("too deep") << "a.json" << QByteArray("[").repeated(5000) + QByteArray("]").repeated(5000) << "nested";
    }
    void brokenTextIsNamedWithWhatToDo()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        const auto data = read(name, bytes);
        QVERIFY(!data.has_value());
        QCOMPARE(data.error().code, ErrorCode::BadFile);
        QVERIFY2(data.error().what.find(said.toStdString()) != std::string::npos, data.error().what.c_str());
        QVERIFY(!data.error().hint.empty());
    }

    void gzipThatUnpacksToTooMuchIsRefused()
    {
        const std::string packed = kGzip.toStdString();
        QCOMPARE(gunzip(packed, "a").size(), std::size_t{30});
        QCOMPARE(gunzip(packed + packed, "a").size(), std::size_t{60}); // members one after another
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(gunzip(packed, "a", 29)));
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(gunzip(packed + "x", "a")));
    }

    void damagedTablesAreRefusedWithOrWithoutArrow()
    {
        for (const char* name : {"a.parquet", "a.csv"}) {
            const auto data = read(name, "PAR1" + QByteArray(100, 'x') + "PAR1");
            QVERIFY(!data.has_value());
            QVERIFY(data.error().code == ErrorCode::BadFile || data.error().code == ErrorCode::Unsupported);
            QVERIFY2(data.error().what.find("Parquet") != std::string::npos, data.error().what.c_str());
            QVERIFY(!data.error().hint.empty());
        }
        QVERIFY(read("a.arrow", "question,answer\nq,a\n").error().what.find("Arrow") != std::string::npos);
    }

    void foldersAreNamed() { QVERIFY(read("", "").error().what.find("folder") != std::string::npos); }

private:
    Result<DataFile> read(const QString& name, const QByteArray& bytes)
    {
        const std::filesystem::path path = std::filesystem::path(m_folder->path().toStdString()) / name.toStdString();
        if (!name.isEmpty()) {
            writeFileAtomically(path, bytes.toStdString()).value();
        }
        return readDataFile(path, {}, BadRows::Refuse);
    }
    static bool hasNote(const DataFile& data, const std::string& code)
    {
        for (const DataNote& note : data.notes) {
            if (note.code == code) {
                return true;
            }
        }
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

LORI_TEST(FileKindsTest)
#include "file_kinds_test.moc"
