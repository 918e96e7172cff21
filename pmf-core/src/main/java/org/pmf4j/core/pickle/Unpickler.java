package org.pmf4j.core.pickle;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/**
 * Reads one pickle of protocol 2 to 5, of which it runs nothing: every global name, call, state and
 * outside value is the {@link Meaning}'s to give or to refuse. Instructions that no state dict
 * needs are refused by name: those of protocols 0 and 1, sets, classes with positional or keyword
 * construction ({@code INST}, {@code OBJ}, {@code NEWOBJ_EX}), registered extensions ({@code EXT1}
 * to {@code EXT4}), buffers out of band. For one thread at a time.
 *
 * <p>Source: the descriptions of the instructions in CPython's {@code pickletools}; {@code
 * torch._weights_only_unpickler} reads the like of protocol 2.
 */
public final class Unpickler {
  private static final int OLDEST_PROTOCOL = 2;
  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput input;
  private final Meaning meaning;
  private final PickleStack stack;

  private Unpickler(PickleInput input, Meaning meaning) {
    this.input = input;
    this.meaning = meaning;
    this.stack = new PickleStack(input);
  }

  /**
   * Reads the next pickle.
   *
   * @param input is left behind its last byte
   * @return what it holds
   * @throws PmfException in one line, naming the file, if it is broken, too large or wants what is
   *     not known
   */
  public static Object read(PickleInput input, Meaning meaning) {
    return new Unpickler(input, meaning).run();
  }

  private Object run() {
    if (next() != Instruction.PROTO) {
      throw input.broken("it does not begin as one of protocol 2 or later");
    }
    protocol();
    for (Instruction i = next(); i != Instruction.STOP; i = next()) {
      if (!isNumberOrText(i) && !isContainer(i) && !isStructure(i)) {
        throw refused(i);
      }
    }
    return stack.result();
  }

  private Instruction next() {
    long at = input.position();
    int code = input.unsignedByte();
    return Instruction.of(code)
        .orElseThrow(
            () ->
                input.broken(
                    String.format(
                        Locale.ROOT,
                        "byte %d of the file, %d, is no instruction; is it damaged?",
                        at,
                        code)));
  }

  private void protocol() {
    int protocol = input.unsignedByte();
    if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
      throw input.broken(
          String.format(
              Locale.ROOT,
              "it has protocol %d; %d to %d are read",
              protocol,
              OLDEST_PROTOCOL,
              NEWEST_PROTOCOL));
    }
  }

  private boolean isNumberOrText(Instruction instruction) {
    switch (instruction) {
      case NONE -> stack.push(PickleNone.NONE);
      case NEWTRUE -> stack.push(true);
      case NEWFALSE -> stack.push(false);
      case BININT -> stack.push((long) input.signedInt());
      case BININT1 -> stack.push((long) input.unsignedByte());
      case BININT2 -> stack.push((long) input.unsignedShort());
      case LONG1 -> stack.push(integer(input.bytes(input.unsignedByte())));
      case BINFLOAT -> stack.push(input.bigEndianDouble());
      case SHORT_BINSTRING, SHORT_BINUNICODE -> stack.push(input.text(input.unsignedByte()));
      case BINSTRING -> stack.push(input.text(input.signedInt()));
      case BINUNICODE -> stack.push(input.text(input.unsignedInt()));
      case BINUNICODE8 -> stack.push(input.text(input.length()));
      case SHORT_BINBYTES -> bytes(input.unsignedByte());
      case BINBYTES -> bytes(input.unsignedInt());
      case BINBYTES8 -> bytes(input.length());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Object integer(byte[] littleEndian) {
    if (littleEndian.length == 0) {
      return 0L;
    }
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private void bytes(long length) {
    input.skip(length);
    stack.push(new PickleBytes(length));
  }

  private boolean isContainer(Instruction instruction) {
    switch (instruction) {
      case MARK -> stack.mark();
      case EMPTY_TUPLE -> stack.push(new PickleTuple(List.of()));
      case TUPLE -> stack.push(new PickleTuple(stack.popToMark()));
      case TUPLE1 -> stack.push(new PickleTuple(stack.pop(1)));
      case TUPLE2 -> stack.push(new PickleTuple(stack.pop(2)));
      case TUPLE3 -> stack.push(new PickleTuple(stack.pop(3)));
      case EMPTY_LIST -> stack.push(new PickleList());
      case APPEND -> append(stack.pop(1));
      case APPENDS -> append(stack.popToMark());
      case EMPTY_DICT -> stack.push(new PickleDict());
      case SETITEM -> set(stack.pop(2));
      case SETITEMS -> set(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void append(List<Object> more) {
    if (!(stack.top() instanceof PickleList list)) {
      throw input.broken("it appends to what is no list");
    }
    list.addAll(more);
  }

  private void set(List<Object> keysAndValues) {
    if (!(stack.top() instanceof PickleDict dict) || keysAndValues.size() % 2 != 0) {
      throw input.broken("it sets keys of what is no dict, or without values");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (!dict.put(keysAndValues.get(i), keysAndValues.get(i + 1))) {
        throw input.broken("a dict has a key that is neither a text nor a number");
      }
    }
  }

  private boolean isStructure(Instruction instruction) {
    switch (instruction) {
      case FRAME -> input.length();
      case BINPUT -> stack.remember(input.unsignedByte());
      case LONG_BINPUT -> stack.remember(input.unsignedInt());
      case MEMOIZE -> stack.rememberNext();
      case BINGET -> stack.recall(input.unsignedByte());
      case LONG_BINGET -> stack.recall(input.unsignedInt());
      case GLOBAL -> {
        String module = input.line();
        stack.push(meaning.global(module, input.line()));
      }
      case STACK_GLOBAL -> stackGlobal(stack.pop(2));
      case REDUCE, NEWOBJ -> call(stack.pop(2));
      case BUILD -> {
        List<Object> both = stack.pop(2);
        stack.push(meaning.withState(both.get(0), both.get(1)));
      }
      case BINPERSID -> stack.push(meaning.persistent(stack.pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void stackGlobal(List<Object> names) {
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw input.broken("a name that it asks for is no text");
    }
    stack.push(meaning.global(module, name));
  }

  private void call(List<Object> functionAndArguments) {
    if (!(functionAndArguments.get(1) instanceof PickleTuple arguments)) {
      throw input.broken("it calls something without a tuple of arguments");
    }
    stack.push(meaning.call(functionAndArguments.get(0), arguments.values()));
  }

  private PmfException refused(Instruction instruction) {
    if (instruction == Instruction.INST) {
      // Has its name with it
      String module = input.line();
      meaning.global(module, input.line());
    }
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: has the pickle instruction %s, which no plain checkpoint has; save the tensors alone"
                + " in Python with torch.save(model.state_dict(), file)",
            input.file(),
            instruction.name()));
  }
}
