// Written by make-look-alikes.py from ICU 72 (Unicode 14.0.0, TS 39); not by hand.

extension LookAlikes {
    /// Letters of Latin script by what they look like: the ASCII letters, then the scalars in hexadecimal.
    static let latinTable = """
        a 251 1d00 1d45 1e9a 2c6d
        aa a732 a733
        ae c6 e6 1e2 1e3 1fc 1fd 1d2d 10783
        ao a734 a735
        au a736 a737
        av a738 a739 a73a a73b
        ay a73c a73d
        b 180 181 182 183 184 185 243 253 299 a7b4 a7b5 10784 10785
        c 23b 23c 1d04
        d d0 f0 110 111 189 18a 18b 18c 256 257 1d05 1d9e 1078b 1078c
        dz 2a3 10787
        e 246 247 1d07 ab32
        f 191 192 1d6e 1e9d a730 a798 a799 ab35
        g 18d 193 1e4 1e5 260 261 262 1d83 1da2 a7ac 10792 10793
        h 126 127 266 29c 2b1 2c67 2c68 a7aa a7f8 10795 10796
        i 131 196 268 269 26a 1d7b 1d7c 1da4 1da5 1da6 1da7 a7ae
        j 248 249 29d 1d0a 1da8 a7b2
        k 198 199 2c69 2c6a a740 a741
        l 141 142 197 19a 1c0 23d 26b 26d 29f 1da9 1dab 2c62 ab5e 107b6
        ll 1c1 107b7
        ls 2aa 10799
        lz 2ab 1079a
        m 271 1d6f 1dac 2c6e
        n 19d 19e 220 272 273 274 1d70 1dae 1daf 1db0
        o d8 f8 19f 1fe 1ff 275 1d0f 1d11 1db1 a74a a74b ab3d ab3e 107a2
        oe 152 153 a7f9
        oo a74e a74f
        p 1a4 1a5 1d18 1d7d 2c63
        q 2a0 a7af
        r 1a6 24c 24d 27c 27d 280 1d72 2c64 ab47 ab48 107a8 107aa
        s 1bc 1bd 282 1d74 1db3 a731 a7c5
        t 166 167 1ac 1ad 1ae 23e 288 1d1b 1d75 2c66 107af
        tf a777
        ts 2a6 107ac
        u 1b2 244 289 28b 1d1c 1d7e 1db6 1db8 1db9 a79e a79f ab4e ab52 ab5f
        ue 1d6b
        uo ab63
        v 1d20
        w 19c 26f 1d21 1d5a a760 a761
        x a7b3 ab53
        y 194 1b3 1b4 24e 24f 263 28f 2e0 1d8c 1efe 1eff ab5a 107b2
        z 1b5 1b6 224 225 290 1d22 1d76 1dbc
        """

    /// Letters of other scripts and signs that look like Latin ones.
    static let foreignTable = """
        a 386 391 3ac 3b1 410 430 4d0 4d1 4d2 4d3 13aa 15c5 1f00 1f01 1f02 1f03 1f04 1f05 1f06 1f07 1f08
        a 1f09 1f0a 1f0b 1f0c 1f0d 1f0e 1f0f 1f70 1f71 1f80 1f81 1f82 1f83 1f84 1f85 1f86 1f87 1f88 1f89
        a 1f8a 1f8b 1f8c 1f8d 1f8e 1f8f 1fb0 1fb1 1fb2 1fb3 1fb4 1fb6 1fb7 1fb8 1fb9 1fba 1fbb 1fbc 2376
        a 237a a4ee ab7a 102a0 16f40 1d6a8 1d6c2 1d6e2 1d6fc 1d71c 1d736 1d756 1d770 1d790 1d7aa
        ae 4d4 4d5
        ar 1f707
        b 392 3b2 3d0 411 412 42c 431 432 44c 462 463 48c 48d 13cf 13f4 13fc 1472 1473 15af 15f7 1c80 1c87
        b 1d5d 1d66 a4d0 a69d ab9f 10282 102a1 10301 1d6a9 1d6c3 1d6e3 1d6fd 1d71d 1d737 1d757 1d771 1d791
        b 1d7ab
        bl 42b 44b 4f8 4f9
        c a2 3f2 3f9 421 441 4aa 4ab 13df 1c83 20a1 2ca4 2ca5 a4da abaf ffe0 102a2 10302 10415 1043d 1051c
        c 118e9 118f2 1f16e 1f74c
        d 500 501 13a0 13e7 146f 15de 15ea 20ab a4d2 a4d3 ab70 abb7
        e 388 395 3ad 3b5 3f5 400 401 415 435 450 451 4bc 4bd 4be 4bf 4d6 4d7 13ac 1f10 1f11 1f12 1f13 1f14
        e 1f15 1f18 1f19 1f1a 1f1b 1f1c 1f1d 1f72 1f73 1fc8 1fc9 212e 22ff 2d39 a4f0 ab7c 10286 118a6 118ae
        e 118c6 118ce 1d6ac 1d6c6 1d6dc 1d6e6 1d700 1d716 1d720 1d73a 1d750 1d75a 1d774 1d78a 1d794 1d7ae
        e 1d7c4
        f 3dc 3dd 554 584 15b4 a4dd 10287 102a5 10525 118a2 118c2 1d213 1d7ca 1d7cb
        g 50c 50d 551 581 13c0 13f3 13fb a4d6 ab90
        h 389 397 40b 41d 43d 45b 4a2 4a3 4ba 4bb 4c7 4c8 4c9 4ca 540 570 13bb 13c2 13f2 13fa 157c 1d78 1f28
        h 1f29 1f2a 1f2b 1f2c 1f2d 1f2e 1f2f 1f98 1f99 1f9a 1f9b 1f9c 1f9d 1f9e 1f9f 1fca 1fcb 1fcc 210f
        h 2c8e 2c8f a4e7 a694 a695 ab8b ab92 102cf 1d6ae 1d6e8 1d722 1d75c 1d796
        i 390 399 3af 3b9 3ca 406 456 457 4c0 4cf 13a5 1f30 1f31 1f32 1f33 1f34 1f35 1f36 1f37 1f76 1f77
        i 1fbe 1fd0 1fd1 1fd2 1fd3 1fd6 1fd7 2373 2378 2c92 2c93 a646 a647 ab75 118c3 1d6a4 1d6b0 1d6ca
        i 1d6ea 1d704 1d724 1d73e 1d75e 1d778 1d798 1d7b2
        j 37f 3f3 408 458 13ab 148d a4d9 ab7b
        k 39a 3ba 3f0 40c 41a 43a 45c 49a 49b 49e 49f 13e6 16d5 20ad 2c94 2c95 a4d7 abb6 10518 1d6b1 1d6cb
        k 1d6de 1d6eb 1d705 1d718 1d725 1d73f 1d752 1d75f 1d779 1d78c 1d799 1d7b3 1d7c6
        l 38a 3aa 407 5c0 5d5 5df 622 623 625 627 661 673 6f1 7ca 13de 14aa 16c1 1f38 1f39 1f3a 1f3b 1f3c
        l 1f3d 1f3e 1f3f 1fd8 1fd9 1fda 1fdb 2223 2224 23fd 2cd0 2cd1 2d4f a4e1 a4f2 abae fb35 fb4b fd3c
        l fd3d fe81 fe82 fe83 fe84 fe87 fe88 fe8d fe8e ffe8 1028a 10309 10320 1041b 10443 10526 118a3 118b2
        l 118d2 16f16 16f28 1d22a 1e8c7 1ee00 1ee80
        ll 5f0 2016 2225 2226 10199
        lls 10198
        lo 42e 44e
        lt 20b6
        m b5 39c 3bc 3fa 3fb 41c 43c 4cd 4ce 13b7 15f0 16d6 20a5 2c98 2c99 a4df ab87 102b0 10311 11700 118e3
        m 1d6b3 1d6cd 1d6ed 1d707 1d727 1d741 1d761 1d77b 1d79b 1d7b5
        mb 1f76b
        n 39d 3ae 3b7 548 54c 578 57c 1f20 1f21 1f22 1f23 1f24 1f25 1f26 1f27 1f74 1f75 1f90 1f91 1f92 1f93
        n 1f94 1f95 1f96 1f97 1fc2 1fc3 1fc4 1fc6 1fc7 2c9a 2c9b a4e0 1018e 10513 1d6b4 1d6c8 1d6ee 1d702
        n 1d728 1d73c 1d762 1d776 1d79c 1d7b0
        o 38c 398 39f 3a3 3b8 3bf 3c3 3cc 3d1 3f4 41e 43e 472 473 4e6 4e7 4e8 4e9 4ea 4eb 555 585 5e1 647
        o 665 6be 6c0 6c1 6c2 6d5 6f5 6ff 7c0 966 9e6 a66 ae6 b20 b66 be6 c02 c66 c82 ce6 d02 d20 d66 d82
        o e50 ed0 101d 1040 10ff 12d0 13a4 13be 13eb 1c82 1cbf 1dbf 1f40 1f41 1f42 1f43 1f44 1f45 1f48 1f49
        o 1f4a 1f4b 1f4c 1f4d 1f78 1f79 1ff8 1ff9 2296 229d 236c 2c9e 2c9f 2d31 2d41 2d54 3007 a4f3 ab74
        o ab8e abbb fb41 fba4 fba5 fba6 fba7 fba8 fba9 fbaa fbab fbac fbad fcd9 fee9 feea feeb feec 10292
        o 102ab 10404 1042c 104c2 104ea 10516 114d0 118a8 118b5 118b7 118c8 118d5 118d7 118e0 1d21a 1d6af
        o 1d6b6 1d6b9 1d6ba 1d6c9 1d6d0 1d6d4 1d6dd 1d6e9 1d6f0 1d6f3 1d6f4 1d703 1d70a 1d70e 1d717 1d723
        o 1d72a 1d72d 1d72e 1d73d 1d744 1d748 1d751 1d75d 1d764 1d767 1d768 1d777 1d77e 1d782 1d78b 1d797
        o 1d79e 1d7a1 1d7a2 1d7b1 1d7b8 1d7bc 1d7c5 1ee24 1ee64 1ee84 1f714
        oo 221e a698 a699
        p 3a1 3c1 3f1 420 440 13e2 146d 1d29 1d68 1fe4 1fe5 1fec 2374 2ca2 2ca3 a4d1 abb2 10295 1d6b8 1d6d2
        p 1d6e0 1d6f2 1d70c 1d71a 1d72c 1d746 1d754 1d766 1d780 1d78e 1d7a0 1d7ba 1d7c8
        q 51a 51b 533 536 563 566 2d55
        qe 1f700
        r 403 413 433 453 492 493 13a1 13b1 13d2 1587 1d26 2c84 2c85 a4e3 ab71 ab81 aba2 104b4 104dc 16f35
        r 1d216
        s 405 455 54f 57f 13d5 13da a4e2 aba5 abaa 10296 10420 10448 118a1 118c1 16f3a
        sss 1f75c
        t 3a4 3c4 422 442 4ac 4ad 13a2 1c84 1c85 20ae 22a4 2361 27d9 2ca6 2ca7 a4d4 ab72 10297 102b1 10315
        t 118bc 16f0a 1d6bb 1d6d5 1d6f5 1d70f 1d72f 1d749 1d769 1d783 1d7a3 1d7bd 1f768
        u 3b0 3c5 3cb 3cd 54d 57d 1200 13cc 144c 1f50 1f51 1f52 1f53 1f54 1f55 1f56 1f57 1f7a 1f7b 1fe0 1fe1
        u 1fe2 1fe3 1fe6 1fe7 222a 22c3 a4f4 ab9c 104ce 104f6 118b8 118d8 16f42 1d6d6 1d710 1d74a 1d784
        u 1d7be
        v 3bd 474 475 476 477 5d8 667 6f7 13d9 142f 2228 22c1 2d38 a4e6 a6df aba9 fb38 10197 1051d 11706
        v 118a0 118c0 16f08 1d20d 1d6ce 1d708 1d742 1d77c 1d7b6 1f708
        vb 1f76c
        w 460 461 47c 47d 51c 51d 531 561 13b3 13d4 20a9 a4ea ab83 aba4 ffe6 114c5 1170a 1170e 1170f 118e6
        w 118ef
        x d7 3a7 3c7 425 445 4b2 4b3 1541 157d 166d 166e 16b7 1d61 1d6a 2573 292b 292c 2a2f 2a30 2cac 2cad
        x 2d5d a4eb 10196 10290 102b4 10317 10322 10527 118ec 1d6be 1d6d8 1d6f8 1d712 1d732 1d74c 1d76c
        x 1d786 1d7a6 1d7c0
        y a5 38e 393 3a5 3ab 3b3 3d2 3d3 3d4 40e 423 443 45e 4ae 4af 4b0 4b1 4ee 4ef 4f0 4f1 4f2 4f3 10e7
        y 13a9 13bd 1ca7 1d5e 1d67 1f59 1f5b 1f5d 1f5f 1fe8 1fe9 1fea 1feb 213d 213e 2ca8 2ca9 a4ec ab79
        y ab8d ffe5 102b2 118a4 118dc 16f43 1d6aa 1d6bc 1d6c4 1d6e4 1d6f6 1d6fe 1d71e 1d730 1d738 1d758
        y 1d76a 1d772 1d792 1d7a4 1d7ac
        z 396 3b6 13c3 a4dc ab93 102f5 118a9 118c4 118c9 118e5 1d6ad 1d6c7 1d6e7 1d701 1d721 1d73b 1d75b
        z 1d775 1d795 1d7af
        """
}
