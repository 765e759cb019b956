// SPDX-License-Identifier: Apache-2.0
#include "core/formats/torch_file.h"
#include "tests/formats/file_builders.h"
#include "tests/formats/torch_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

std::string floats(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

std::vector<float> valuesOf(const TensorFile& file, const std::string& name)
{
    const TensorView* view = file.find(name);
    if (view == nullptr) {
        return {};
    }
    std::vector<float> values(static_cast<std::size_t>(view->count()));
    toFloat(*view, values).value();
    return values;
}

/// A pickle around any bytes that leave one value.
std::string pickleOf(const std::string& body)
{
    return "\x80\x02" + body + ".";
}

/// os.system(command)
std::string callOfSystem(const std::string& command)
{
    return pickledGlobal("posix", "system") + "(" + pickledText(command) + "tR";
}

} // namespace

class TorchFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNewFormIsReadWithoutCopies()
    {
        const TestFolder folder;
        const std::string pickle = pickledTensors({{"a", "FloatStorage", "0", 6, 0, {2, 3}, {}},
                                                   {"b", "FloatStorage", "0", 6, 4, {2}, {}},
                                                   {"half", "HalfStorage", "1", 1, 0, {1}, {}},
                                                   {"scalar", "BFloat16Storage", "2", 1, 0, {}, {}},
                                                   {"empty", "LongStorage", "3", 0, 0, {0, 5}, {}}});
        const auto zip = torchZip(
            pickle,
            {{"0", floats({1, 2, 3, 4, 5, 6})}, {"1", std::string("\x00\x3c", 2)}, {"2", std::string("\x80\x3f", 2)}, {"3", ""}});
        const auto file = openTorchFile(folder.write("x.pt", zip.build())).value();
        QCOMPARE(file->tensors().size(), std::size_t{5});
        QCOMPARE(valuesOf(*file, "a"), (std::vector<float>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(valuesOf(*file, "b"), (std::vector<float>{5, 6}));
        QCOMPARE(file->find("b")->bytes.data(), file->find("a")->bytes.data() + 16); // views of one storage
        QCOMPARE(valuesOf(*file, "half"), std::vector<float>{1});
        QCOMPARE(valuesOf(*file, "scalar"), std::vector<float>{1});
        QCOMPARE(file->find("empty")->shape, (std::vector<std::int64_t>{0, 5}));
        QCOMPARE(file->find("empty")->bytes.size(), std::size_t{0});
    }

    void aTransposedTensorComesInTheOrderOfItsShape()
    {
        const TestFolder folder;
        const std::string pickle = pickledTensors({{"t", "FloatStorage", "0", 6, 0, {3, 2}, {1, 3}}});
        const auto file = openTorchFile(folder.write("x.pt", torchZip(pickle, {{"0", floats({1, 2, 3, 4, 5, 6})}}).build()));
        QCOMPARE(valuesOf(*file.value(), "t"), (std::vector<float>{1, 4, 2, 5, 3, 6}));
    }

    void theOldFormIsRead()
    {
        const TestFolder folder;
        const std::string pickle =
            pickledTensors({{"a", "FloatStorage", "7", 2, 0, {2}, {}}, {"b", "ByteStorage", "9", 3, 1, {2}, {}}});
        const std::vector<OldStorage> storages{{"7", 2, floats({1, 2})}, {"9", 3, "xyz"}};
        const auto file = openTorchFile(folder.write("x.pt", oldTorchFile(pickle, storages))).value();
        QCOMPARE(valuesOf(*file, "a"), (std::vector<float>{1, 2}));
        QCOMPARE(static_cast<char>(file->find("b")->bytes[0]), 'y');
        QCOMPARE(openTorchFile(folder.write("y.pt", oldTorchFile(pickle, storages, false))).error().code, ErrorCode::Unsupported);
        QCOMPARE(openTorchFile(folder.write("y.pt", oldTorchFile(pickle, {storages[0]}))).error().code, ErrorCode::BadFile);
        QCOMPARE(openTorchFile(folder.write("y.pt", oldTorchFile(pickle, {{"7", 3, floats({1, 2, 3})}}))).error().code,
                 ErrorCode::BadFile);
    }

    void filesBeyondFourGigabytesSayTheirPlacesInWiderNumbers()
    {
        const TestFolder folder;
        ZipBuilder zip = torchZip(pickledTensors({{"a", "FloatStorage", "0", 2, 0, {2}, {}}}), {{"0", floats({1, 2})}});
        zip.zip64 = true;
        QCOMPARE(valuesOf(*openTorchFile(folder.write("x.pt", zip.build())).value(), "a"), (std::vector<float>{1, 2}));
    }

    void parametersAndAttributesOfADictionaryArePassedOver()
    {
        const TestFolder folder;
        const TorchTensor tensor{"a", "FloatStorage", "0", 2, 0, {2}, {}};
        const std::string parameter = pickledGlobal("torch._utils", "_rebuild_parameter") + "(" + tensor.pickled() + "\x88" +
                                      pickledGlobal("collections", "OrderedDict") + ")RtR";
        const std::string dictionary = pickledGlobal("collections", "OrderedDict") + ")R(" + pickledText("a") + parameter + "u";
        const std::string attributes = "}" + pickledText("_metadata") + "}sb";
        const auto file =
            openTorchFile(folder.write("x.pt", torchZip(pickleOf(dictionary + attributes), {{"0", floats({1, 2})}}).build()));
        QCOMPARE(valuesOf(*file.value(), "a"), (std::vector<float>{1, 2}));
    }

    void nothingInAFileIsEverRun()
    {
        const TestFolder folder;
        const std::filesystem::path marker = folder.path() / "marker";
        const std::string command = "touch " + marker.string();
        const std::string call = callOfSystem(command);
        const std::string older = "cposix\nsystem\n(S'" + command + "'\ntR.";
        const std::string newer =
            std::string("\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c") + static_cast<char>(command.size()) + command + "\x85R.";
        const std::vector<std::string> files{
            torchZip("\x80\x02}(" + pickledText("x") + call + "u.", {}).build(), // beside tensors
            torchZip(pickleOf(call), {}).build(),
            torchZip(newer, {}).build(),
            oldTorchFile(pickleOf(call), {}),
            pickleOf(call), // without any container, of several protocols
            older,
            newer};
        for (const std::string& bytes : files) {
            const auto file = openTorchFile(folder.overwrite("x.pt", bytes));
            QVERIFY(!file.has_value());
            QCOMPARE(file.error().code, ErrorCode::Unsupported);
            QVERIFY2(file.error().what.find("posix.system") != std::string::npos, file.error().sentence().c_str());
            QVERIFY(!std::filesystem::exists(marker));
        }
    }

    void wrongPicklesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& pickle, const char* says) {
            QTest::newRow(name) << QByteArray(pickle.data(), static_cast<qsizetype>(pickle.size())) << says;
        };
        const auto tensor = [&](const char* name, const TorchTensor& t, const char* says) {
            row(name, pickledTensors({t}), says);
        };
        tensor("offset behind the end", {"a", "FloatStorage", "0", 4, 3, {2}, {}}, "does not fit");
        tensor("offset negative", {"a", "FloatStorage", "0", 4, -1, {2}, {}}, "offset");
        tensor("shape negative", {"a", "FloatStorage", "0", 4, 0, {-2}, {1}}, "shape");
        tensor("stride negative", {"a", "FloatStorage", "0", 4, 0, {2}, {-1}}, "strides");
        tensor("stride beyond", {"a", "FloatStorage", "0", 4, 0, {2}, {4}}, "does not fit");
        tensor("one entry repeated for ever", {"a", "FloatStorage", "0", 4, 0, {2000000000, 2000000000}, {0, 0}}, "does not fit");
        tensor("more dimensions than strides", {"a", "FloatStorage", "0", 4, 0, {2, 2}, {1}}, "lengths");
        tensor("nine dimensions", {"a", "FloatStorage", "0", 4, 0, {1, 1, 1, 1, 1, 1, 1, 1, 1}, {}}, "at most 8");
        tensor("storage too small", {"a", "FloatStorage", "0", 5, 0, {5}, {}}, "needs 20");
        tensor("storage missing", {"a", "FloatStorage", "9", 4, 0, {4}, {}}, "missing");
        tensor("storage negative", {"a", "FloatStorage", "0", -4, 0, {4}, {}}, "persistent");
        tensor("complex numbers", {"a", "ComplexFloatStorage", "0", 4, 0, {2}, {}}, "torch.ComplexFloatStorage");
        row("twice the same name",
            pickledTensors({{"a", "FloatStorage", "0", 4, 0, {4}, {}}, {"a", "FloatStorage", "0", 4, 0, {4}, {}}}), "twice");
        row("a number", pickleOf("K\x05"), "no dictionary");
        row("a number as key", pickleOf("}(K\x05K\x06u"), "no text");
        row("a number as entry", pickleOf("}(" + pickledText("step") + "K\x06u"), "'step'");
        row("a key without a value", pickleOf("}(K\x05u"), "without a value");
        row("a list that holds itself", pickleOf("]q" + std::string(1, '\0') + "h" + std::string(1, '\0') + "a"),
            "no dictionary");
        row("a text of four gigabytes", pickleOf("X\xff\xff\xff\xff"), "claims");
        row("a name that is no UTF-8", pickleOf("}(" + pickledText("\xff\xfe") + "K\x06u"), "UTF-8");
        row("an empty stack", pickleOf("00"), "where there is none");
        row("a mark that was never set", pickleOf("u"), "mark");
        row("a memory that was never kept", pickleOf("hZ"), "never kept");
        row("a call of a number", pickleOf("K\x05)R"), "cannot be called");
        row("an unknown instruction", pickleOf("\x81"), "instruction 129");
        row("a storage called", pickleOf(pickledGlobal("torch", "FloatStorage") + ")R"), "directly");
        row("a persistent number", pickleOf("K\x05Q"), "persistent");
        row("the end cut off", "\x80\x02}", "next instruction");
        row("a class", pickleOf(pickledGlobal("peft.utils", "PeftType") + ")R"), "peft.utils.PeftType");
    }
    void wrongPicklesAreRefused()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QString, says);
        const TestFolder folder;
        const auto file =
            openTorchFile(folder.write("x.pt", torchZip(pickle.toStdString(), {{"0", floats({1, 2, 3, 4})}}).build()));
        QVERIFY(!file.has_value());
        QVERIFY2(QString::fromStdString(file.error().sentence()).contains(says), file.error().sentence().c_str());
        QVERIFY(file.error().code == ErrorCode::BadFile || file.error().code == ErrorCode::Unsupported);
    }

    void bombsEndBeforeTheMemoryDoes()
    {
        const TestFolder folder;
        const std::vector<std::string> bombs{std::string(4'000'000, ']'), "]" + std::string(4'000'000, '2'),
                                             "]" + std::string(4'000'000, '\x94'), std::string(30'000'000, '(')};
        for (const std::string& bomb : bombs) {
            const auto file = openTorchFile(folder.overwrite("x.pt", torchZip(pickleOf(bomb), {}).build()));
            QVERIFY(!file.has_value());
            QCOMPARE(file.error().code, ErrorCode::BadFile);
        }
        std::vector<TorchTensor> views; // each would be copied whole
        for (int i = 0; i < 100; ++i) {
            views.push_back({"t" + std::to_string(i), "FloatStorage", "0", 10000, 0, {100, 100}, {1, 100}});
        }
        const auto file = openTorchFile(folder.write("y.pt", torchZip(pickledTensors(views), {{"0", zeros(40000)}}).build()));
        QVERIFY(!file.has_value());
        QVERIFY2(file.error().what.find("larger than the file") != std::string::npos, file.error().sentence().c_str());
    }

    void wrongZipsAreRefused()
    {
        const TestFolder folder;
        const std::string pickle = pickledTensors({{"a", "FloatStorage", "0", 1, 0, {1}, {}}});
        const auto codeOf = [&](const std::string& bytes) {
            return openTorchFile(folder.overwrite("x.pt", bytes)).error().code;
        };
        ZipBuilder zip = torchZip(pickle, {{"0", floats({1})}});
        const std::string whole = zip.build();
        QVERIFY(openTorchFile(folder.overwrite("x.pt", whole)).has_value());
        QCOMPARE(codeOf(whole.substr(0, whole.size() - 30)), ErrorCode::BadFile);
        QCOMPARE(codeOf(whole.substr(50)), ErrorCode::BadFile);
        QCOMPARE(codeOf(""), ErrorCode::BadFile);
        QCOMPARE(codeOf("nonsense that is no file of torch at all"), ErrorCode::BadFile);
        zip.method = 8;
        QCOMPARE(codeOf(zip.build()), ErrorCode::Unsupported);
        zip.method = 0;
        zip.flags = 1;
        QCOMPARE(codeOf(zip.build()), ErrorCode::Unsupported);
        zip.flags = 0;
        zip.entries[1].second = "big";
        QCOMPARE(codeOf(zip.build()), ErrorCode::Unsupported);
        zip = torchZip(pickle, {{"0", floats({1})}, {"0", floats({2})}});
        QCOMPARE(codeOf(zip.build()), ErrorCode::BadFile);
        zip = torchZip(pickle, {{"0", floats({1})}});
        zip.entries.emplace_back("other/data.pkl", pickle);
        QCOMPARE(codeOf(zip.build()), ErrorCode::BadFile);
        zip.entries = {{"archive/version", "3\n"}};
        QCOMPARE(codeOf(zip.build()), ErrorCode::BadFile);
        QCOMPARE(openTorchFile(folder.path() / "none.pt").error().code, ErrorCode::NotFound);
    }

    void aFileIsKnownByItsBytesAndOnlyThenByItsName()
    {
        const TestFolder folder;
        const std::string zip = torchZip(pickledTensors({}), {}).build();
        QVERIFY(isTorchFile(folder.write("no_ending", zip)));
        QVERIFY(isTorchFile(folder.write("old", oldTorchFile(pickledTensors({}), {}))));
        QVERIFY(isTorchFile(folder.write("x.pt", "nonsense")));
        QVERIFY(!isTorchFile(folder.write("x.txt", "nonsense")));
        QVERIFY(!isTorchFile(folder.path() / "none.pt"));
        const std::string header = "{\"__metadata__\":{\"x\":\"" + std::string(615, 'x') + "\"}}"; // 0x280 bytes: "\x80\x02"
        QCOMPARE(header.size(), std::size_t{0x280});
        QVERIFY(!isTorchFile(folder.write("x.pt", safetensorsWithHeader(header, ""))));
    }
};

LORI_TEST(TorchFileTest)
#include "torch_file_test.moc"
