package org.pmf4j.core.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

/** The situations are those of scanners of pickles and of PyTorch's own tests. */
@DisplayName("A pickle that wants more than tensors")
class HostilePickleTest {
  private static final String PLAIN = "; it is not a plain checkpoint: save the tensors alone";

  @TempDir Path folder;

  private static Arguments wants(String what, String name, PickleWriter pickle) {
    return arguments(what, pickle.end(), "wants to run `" + name + "`" + PLAIN);
  }

  private static Arguments refused(String what, String told, PickleWriter pickle) {
    return arguments(what, pickle.end(), told);
  }

  private static PickleWriter pickle() {
    return new PickleWriter();
  }

  private static PickleWriter touching(String module, String name) {
    return pickle().global(module, name).ops("(").text("touch hostile-was-run").ops("tR");
  }

  static Stream<Arguments> hostile() {
    return Stream.of(names(), instructions(), calls(), persistentIds(), sizes(), views())
        .flatMap(s -> s);
  }

  private static Stream<Arguments> names() {
    return Stream.of(
        wants("os.system", "os.system", touching("os", "system")),
        wants("posix.system", "posix.system", touching("posix", "system")),
        wants("eval", "builtins.eval", touching("builtins", "eval")),
        wants("exec of Python 2", "__builtin__.exec", touching("__builtin__", "exec")),
        wants("getattr", "builtins.getattr", touching("builtins", "getattr")),
        wants(
            "a pickle in a tensor",
            "torch.storage._load_from_bytes",
            touching("torch.storage", "_load_from_bytes")),
        wants(
            "a path through an allowed module",
            "torch._utils.os.system",
            touching("torch._utils", "os.system")),
        wants(
            "a path through an allowed class",
            "collections.OrderedDict.fromkeys",
            touching("collections.OrderedDict", "fromkeys")),
        wants("torch.load", "torch.load", touching("torch", "load")),
        wants(
            "a class of torch that is no type", "torch.Generator", touching("torch", "Generator")),
        wants("a name of Java's", "java.lang.Runtime", touching("java.lang", "Runtime")),
        wants("numpy", "numpy.core.multiarray.scalar", touching("numpy.core.multiarray", "scalar")),
        wants(
            "a name put together on the stack",
            "posix.system",
            pickle().text("posix").text("system").ops(0x93)),
        wants(
            "a name that is recalled",
            "posix.system",
            pickle().ops("(").text("posix").ops("q\0").text("system").ops("q\1th\0h\1\u0093")),
        wants("a name in a list", "os.popen", pickle().ops("](").global("os", "popen").ops("e")),
        wants("a name with a line's end", "posix.", pickle().ops("cposix\n\nsystem\n")),
        wants("control characters", "a\ufffd[31m.b", pickle().global("a\u001b[31m", "b")),
        refused(
            "a name without end",
            "broken pickle: a name of more than 1000 bytes",
            pickle().ops("c" + "x".repeat(2000))),
        refused(
            "a name that is a number",
            "broken pickle: a name that it asks for is no text",
            pickle().number(1).text("system").ops(0x93)));
  }

  private static Stream<Arguments> instructions() {
    String refused = ", which no plain checkpoint has; save the tensors alone";
    return Stream.of(
        wants("INST", "os.system", pickle().ops("(").text("x").ops("ios\nsystem\n")),
        refused(
            "INST of an allowed name",
            "has the pickle instruction INST" + refused,
            pickle().ops("(icollections\nOrderedDict\n")),
        refused(
            "OBJ",
            "has the pickle instruction OBJ" + refused,
            pickle().ops("(").global("collections", "OrderedDict").ops("o")),
        refused(
            "NEWOBJ_EX",
            "has the pickle instruction NEWOBJ_EX" + refused,
            pickle().global("collections", "OrderedDict").ops(")}").ops(0x92)),
        refused("EXT1", "has the pickle instruction EXT1", pickle().ops(0x82, 1)),
        refused("EXT2", "has the pickle instruction EXT2", pickle().ops(0x83, 1, 0)),
        refused("EXT4", "has the pickle instruction EXT4", pickle().ops(0x84, 1, 0, 0, 0)),
        refused("PERSID", "has the pickle instruction PERSID", pickle().ops("P0\n")),
        refused("DUP", "has the pickle instruction DUP", pickle().ops("}2")),
        refused("LONG4", "has the pickle instruction LONG4", pickle().ops(0x8b).int32(1 << 30)),
        refused("NEXT_BUFFER", "has the pickle instruction NEXT_BUFFER", pickle().ops(0x97)),
        refused("a second PROTO", "has the pickle instruction PROTO", pickle().ops(0x80, 2)),
        refused("no instruction", ", 118, is no instruction; is it damaged?", pickle().ops("v")));
  }

  private static Stream<Arguments> calls() {
    PickleWriter nested =
        pickle()
            .global("collections", "OrderedDict")
            .ops("(](")
            .text("a")
            .global("builtins", "exec")
            .ops("tetR");
    return Stream.of(
        wants("a call within a call", "builtins.exec", nested),
        refused(
            "a call of a text",
            "broken PyTorch file: it calls what is no function",
            pickle().text("os.system").ops(")R")),
        refused(
            "a call without a tuple",
            "broken pickle: it calls something without a tuple of arguments",
            pickle().global("collections", "OrderedDict").ops("}R")),
        refused(
            "a state of what has none",
            "broken PyTorch file: it sets the state of what has none",
            pickle().text("x").ops("}b")),
        refused(
            "a state of a tensor",
            "broken PyTorch file: it sets the state of what has none",
            pickle().tensor(16, 0, new long[] {1}, new long[] {1}).ops("}b")),
        refused(
            "a rebuilding function of a rebuilding function",
            "it calls _rebuild_from_type_v2 in another way than PyTorch does",
            pickle()
                .global("torch._tensor", "_rebuild_from_type_v2")
                .ops("(")
                .global("torch._tensor", "_rebuild_from_type_v2")
                .ops("N)NtR")),
        refused(
            "an instance of a class",
            "it calls Parameter in another way than PyTorch does",
            pickle().global("torch.nn.parameter", "Parameter").ops(')', 0x81)),
        refused(
            "a parameter of a text",
            "it calls _rebuild_parameter in another way than PyTorch does",
            pickle().global("torch._utils", "_rebuild_parameter").ops("(").text("x").ops("NNtR")));
  }

  private static Stream<Arguments> persistentIds() {
    String told = "broken PyTorch file: it asks for something outside of it that is no storage";
    return Stream.of(
        refused("the id is a text", told, pickle().text("storage").ops("Q")),
        refused("the id is of a module", told, pickle().ops("(").text("module").ops("NNNNtQ")),
        refused(
            "the class is a function",
            told,
            pickle()
                .ops("(")
                .text("storage")
                .global("collections", "OrderedDict")
                .text("0")
                .text("cpu")
                .number(1)
                .ops("tQ")),
        refused("a negative size", told, pickle().storage(-1)),
        refused("a size beyond all numbers", told, pickle().storage(Long.MAX_VALUE)),
        refused(
            "a path",
            "broken zip file: it has no entry archive/data/../../etc/passwd; is",
            pickle()
                .ops("(")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("../../etc/passwd")
                .text("cpu")
                .number(1)
                .ops("tQ")),
        refused(
            "another size than the entry's",
            "broken PyTorch file: storage 0 should have 400 bytes, but has 64",
            pickle().storage(100)),
        refused(
            "two sizes",
            "broken PyTorch file: storage 0 has two sizes or types",
            pickle().ops("]").storage(16).ops("a").storage(8).ops("a")));
  }

  private static Stream<Arguments> sizes() {
    return Stream.of(
        refused(
            "a text of 4 GB",
            "broken pickle: it asks for 4294967295 bytes where only",
            pickle().ops("X").int32(-1)),
        refused(
            "BINBYTES8 of 2^63",
            "broken pickle: it asks for 9223372036854775808 bytes where only",
            pickle().ops(0x8e).int64(Long.MIN_VALUE)),
        refused(
            "BINUNICODE8 of 2^40",
            "broken pickle: it asks for 1099511627776 bytes where only",
            pickle().ops(0x8d).int64(1L << 40)),
        refused(
            "lists without end",
            "broken pickle: it makes more than 2000000 values; no checkpoint does",
            pickle().ops("]".repeat(2_100_000))),
        refused(
            "marks without end",
            "broken pickle: it makes more than 2000000 values",
            pickle().ops("(".repeat(2_100_000))),
        refused(
            "a memory without end",
            "broken pickle: it makes more than 2000000 values",
            pickle().ops("]").ops("r\1\2\3\4".repeat(2_100_000))),
        refused(
            "a laugh of billions",
            "holds no dict of tensors; save them",
            laughing(pickle(), 1_000)),
        refused(
            "a list in itself", "holds no dict of tensors; save them", pickle().ops("]q\0h\0a")),
        refused(
            "a dict in itself, as its key",
            "broken pickle: a dict has a key that is neither a text nor a number",
            pickle().ops("}q\0h\0h\0s")),
        refused(
            "tuples a million deep, as a key",
            "broken pickle: a dict has a key that is neither a text nor a number",
            pickle().ops("})").ops("\u0085".repeat(1_000_000)).ops("Ns")),
        refused(
            "a memory that is empty",
            "broken pickle: it recalls value 7, which it never remembered",
            pickle().ops("h\7")),
        refused(
            "no values to work on",
            "broken pickle: an instruction finds no value to work on",
            pickle().ops(0x87)),
        refused(
            "values of another mark",
            "broken pickle: an instruction finds no value to work on",
            pickle().ops("N(\u0085")),
        refused("no mark", "broken pickle: an instruction finds no mark", pickle().ops("t")),
        refused("two values", "broken pickle: more than one value is left", pickle().ops("NN")),
        refused(
            "a text that is none",
            "broken pickle: a text that is not UTF-8",
            pickle().ops("U\1\u00ff")));
  }

  /** Each list has the one before ten times. */
  private static PickleWriter laughing(PickleWriter pickle, int depth) {
    pickle.ops("(]q\0");
    for (int i = 0; i < depth; i++) {
      pickle.ops("](").ops("h\0".repeat(10)).ops("eq\0");
    }
    return pickle.ops("t");
  }

  private static Arguments view(String what, String told, long offset, long[] size, long[] stride) {
    return refused(
        what,
        "broken PyTorch file: " + told,
        pickle().ops("}").text("w").tensor(16, offset, size, stride).ops("s"));
  }

  private static Stream<Arguments> views() {
    String beyond = "a tensor reaches beyond its storage of 64 bytes";
    String unlike = "it calls _rebuild_tensor_v2 in another way than PyTorch does";
    String large = "a tensor is too large to be true";
    long huge = 1L << 62;
    return Stream.of(
        view("beyond by its size", beyond, 0, new long[] {17}, new long[] {1}),
        view("beyond by its offset", beyond, 16, new long[] {1}, new long[] {1}),
        view("beyond by its stride", beyond, 0, new long[] {2}, new long[] {16}),
        view("a negative offset", unlike, -1, new long[] {1}, new long[] {1}),
        view("a negative size", unlike, 0, new long[] {-1}, new long[] {1}),
        view("a negative stride", unlike, 15, new long[] {2}, new long[] {-1}),
        view("fewer strides", unlike, 0, new long[] {2, 2}, new long[] {1}),
        view("65 dimensions", unlike, 0, new long[65], new long[65]),
        view("a size that overflows", large, 0, new long[] {huge, 4}, new long[] {0, 0}),
        view("an empty size that overflows", large, 0, new long[] {huge, 4, 0}, new long[3]),
        view("an offset that overflows", large, huge * 2 - 1, new long[] {2}, new long[] {1}),
        view("a stride that overflows", large, 0, new long[] {5}, new long[] {huge}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  @DisplayName("is refused in one line, and nothing that it wants is done")
  void refused(String what, byte[] pickle, String told) throws IOException {
    Path path = TorchZip.write(folder.resolve("pytorch_model.bin"), pickle, 64);
    assertThatThrownBy(() -> PyTorchFile.open(path))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(told)
        .hasMessageNotContaining("\n");
    assertThat(Files.exists(Path.of("hostile-was-run"))).isFalse();
  }
}
