package org.pmf4j.modalities.text.tokenizer;

import java.util.Arrays;
import java.util.Map;

/** Tokens by their characters: finds those that begin at a place of a text. */
final class TokenTrie {
  static final int ROOT = 0;
  private static final int NONE = -1;

  private long[] keys = new long[1 << 10];
  private int[] children = new int[1 << 10];
  private int[] ids = new int[1 << 9];
  private int nodes = 1;
  private int longest;

  TokenTrie(Map<String, Integer> tokens) {
    Arrays.fill(keys, NONE);
    Arrays.fill(ids, NONE);
    tokens.forEach(this::put);
  }

  private void put(String token, int id) {
    int node = ROOT;
    for (int i = 0; i < token.length(); i++) {
      int child = child(node, token.charAt(i));
      node = child == NONE ? add(node, token.charAt(i)) : child;
    }
    ids[node] = id;
    longest = Math.max(longest, token.length());
  }

  private int add(int node, char c) {
    if (3 * nodes >= 2 * keys.length) {
      grow();
    }
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, 2 * nodes);
      Arrays.fill(ids, nodes, ids.length, NONE);
    }
    insert(key(node, c), nodes);
    return nodes++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldChildren = children;
    keys = new long[2 * oldKeys.length];
    children = new int[keys.length];
    Arrays.fill(keys, NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NONE) {
        insert(oldKeys[i], oldChildren[i]);
      }
    }
  }

  private void insert(long key, int child) {
    int slot = slot(key);
    keys[slot] = key;
    children[slot] = child;
  }

  private int slot(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & (keys.length - 1);
    while (keys[slot] != NONE && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private static long key(int node, char c) {
    return ((long) node << 16) | c;
  }

  /** The node behind one more character, or -1. */
  int child(int node, char c) {
    int slot = slot(key(node, c));
    return keys[slot] == NONE ? NONE : children[slot];
  }

  /** The node behind a whole text, or -1. */
  int walk(String text) {
    int node = ROOT;
    for (int i = 0; i < text.length() && node != NONE; i++) {
      node = child(node, text.charAt(i));
    }
    return node;
  }

  /** The id of the token that ends at a node, or -1. */
  int id(int node) {
    return ids[node];
  }

  /** The characters of the longest token. */
  int longest() {
    return longest;
  }

  /** The end of the longest token that begins at a place of the text, or -1. */
  int longestMatch(String text, int from) {
    int node = ROOT;
    int end = NONE;
    for (int i = from; i < text.length(); i++) {
      node = child(node, text.charAt(i));
      if (node == NONE) {
        break;
      }
      if (ids[node] != NONE) {
        end = i + 1;
      }
    }
    return end;
  }
}
