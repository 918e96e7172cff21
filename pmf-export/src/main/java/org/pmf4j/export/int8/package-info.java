/**
 * Graphs in 8-bit integers: {@link org.pmf4j.export.int8.LayerErrors} says which linear layers
 * suffer, and {@link org.pmf4j.export.int8.Int8Loss} what a whole model loses on a table.
 */
package org.pmf4j.export.int8;
