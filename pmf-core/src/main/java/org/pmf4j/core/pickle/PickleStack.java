package org.pmf4j.core.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The machine's values: those it works on, with marks between them, and those it remembers. */
final class PickleStack {
  /** Checkpoints make some thirty for each tensor. */
  private static final int MOST_VALUES = 2_000_000;

  private final PickleInput input;
  private final List<Object> values = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int pushed;

  PickleStack(PickleInput input) {
    this.input = input;
  }

  void push(Object value) {
    count(++pushed);
    values.add(value);
  }

  private void count(int n) {
    if (n > MOST_VALUES) {
      throw input.broken(
          String.format(
              Locale.ROOT, "it makes more than %d values; no checkpoint does", MOST_VALUES));
    }
  }

  void mark() {
    count(++pushed);
    marks.push(values.size());
  }

  Object pop() {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  Object top() {
    if (values.size() <= floor()) {
      throw input.broken("an instruction finds no value to work on");
    }
    return values.get(values.size() - 1);
  }

  /** What is below the last mark belongs to others. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }

  /** The last values, in the order in which they were pushed. */
  List<Object> pop(int count) {
    if (values.size() - floor() < count) {
      throw input.broken("an instruction finds no value to work on");
    }
    return popFrom(values.size() - count);
  }

  /** All values above the last mark, which goes too. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw input.broken("an instruction finds no mark");
    }
    return popFrom(marks.pop());
  }

  private List<Object> popFrom(int from) {
    List<Object> last = values.subList(from, values.size());
    List<Object> popped = List.copyOf(last);
    last.clear();
    return popped;
  }

  /** The one value that is left at the end. */
  Object result() {
    Object result = pop();
    if (!values.isEmpty() || !marks.isEmpty()) {
      throw input.broken("more than one value is left at its end");
    }
    return result;
  }

  void remember(long place) {
    count(++pushed);
    memo.put(place, top());
  }

  void rememberNext() {
    remember(memo.size());
  }

  void recall(long place) {
    Object value = memo.get(place);
    if (value == null) {
      throw input.broken("it recalls value " + place + ", which it never remembered");
    }
    push(value);
  }
}
