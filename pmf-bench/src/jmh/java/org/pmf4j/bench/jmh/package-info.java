/**
 * Tensor operations at the shapes of a ViT-base, timed by JMH on every backend. Compiled with the
 * tests; no part of any jar.
 */
package org.pmf4j.bench.jmh;
