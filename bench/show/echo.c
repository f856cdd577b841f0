/* The floor below everything: a UDP echo. Prints its port, then answers until it is ended. */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
    char data[2048];
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in from;
    socklen_t size = sizeof here;
    int door = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(door, (struct sockaddr *)&here, size) < 0) return 1;
    if (getsockname(door, (struct sockaddr *)&here, &size) < 0) return 1;
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    for (;;) {
        size = sizeof from;
        ssize_t length = recvfrom(door, data, sizeof data, 0, (struct sockaddr *)&from, &size);
        if (length >= 0) sendto(door, data, length, 0, (struct sockaddr *)&from, size);
    }
}
