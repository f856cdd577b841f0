/* flood PORT PACKETS-A-SECOND SECONDS: bad packets to a port of this machine, at a steady pace.
 *
 * In turns: bytes at random, OSC cut short, OSC of an unknown address, a bundle within a bundle whose
 * lengths lie, an address that never ends, a packet of another protocol. Prints how many it sent.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static uint64_t dice = 88172645463325252ull;

static uint64_t throw(void) {
    dice ^= dice << 13;
    dice ^= dice >> 7;
    return dice ^= dice << 17;
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec * 1e-9;
}

static size_t write_bad(unsigned char *data, unsigned kind) {
    size_t length = 16 + throw() % 200;
    for (size_t i = 0; i < length; i++) data[i] = throw();
    switch (kind % 6) {
    case 1: memcpy(data, "/collavoce/go\0\0\0,i", 18); return 18;
    case 2: memcpy(data, "/nowhere\0\0\0\0,s\0\0no\0\0", 20); return 20;
    case 3: memcpy(data, "#bundle\0\0\0\0\0\0\0\0\1\377\377\377\360#bundle\0", 28); return length < 32 ? 32 : length;
    case 4: memset(data, '/', length); return length;
    case 5: memcpy(data, "\0\20\0\0ASC-E1.17\0\0\0", 16); return length;
    default: return length;
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    double rate = atof(argv[2]), until = now() + atof(argv[3]), begun = now();
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int mouth = socket(AF_INET, SOCK_DGRAM, 0);
    unsigned char data[256];
    unsigned long sent = 0, tried = 0;
    for (double at = now(); at < until; at = now()) {
        while (tried < (at - begun) * rate) {
            size_t length = write_bad(data, tried++);
            if (sendto(mouth, data, length, MSG_DONTWAIT, (struct sockaddr *)&to, sizeof to) > 0) sent++;
        }
        struct timespec rest = {0, 200000};
        nanosleep(&rest, NULL);
    }
    printf("%lu\n", sent);
    return 0;
}
